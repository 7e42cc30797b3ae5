// On whose data does what is known of these rest?
// $uids: list of string, of actors or projects
// $level: integer, the viewer's level
UNWIND $uids AS uid
CALL (uid) {
  MATCH (n:Actor {uid: uid}) RETURN n
  UNION
  MATCH (n:Project {uid: uid}) RETURN n
}
WITH n WHERE coalesce(n.consent, n.audience) >= $level
MATCH (n)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL
MATCH (s:Source {slug: r.source})
WHERE s.audience >= $level
  AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
WITH s, count(DISTINCT r) AS records
RETURN collect([s.slug, s.title, s.retrieved, records]) AS page
