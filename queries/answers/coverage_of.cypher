// On whose data does what is known of these rest?
// $uids: list of string, of actors or projects
// $level: integer, the viewer's level
// Rows about them are counted; of a source that tells of their ties alone none is.
UNWIND $uids AS uid
CALL (uid) {
  MATCH (n:Actor {uid: uid}) RETURN n
  UNION
  MATCH (n:Project {uid: uid}) RETURN n
}
WITH n WHERE coalesce(n.consent, n.audience) >= $level
WITH collect(n) AS some
CALL (some) {
  UNWIND some AS n
  MATCH (n)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL
  MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  RETURN s, count(DISTINCT r) AS records
  UNION ALL
  UNWIND some AS n
  MATCH (n)-[o:OBSERVED]-(b:Actor) WHERE o.audience >= $level AND b.consent >= $level
  WITH DISTINCT o.source AS slug
  MATCH (s:Source {slug: slug}) WHERE s.audience >= $level
  RETURN s, 0 AS records
}
WITH s, max(records) AS records
RETURN collect([s.slug, s.title, s.retrieved, records]) AS page
