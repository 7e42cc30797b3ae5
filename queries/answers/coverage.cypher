// On whose data does all that may be seen here rest?
// $level: integer, the viewer's level
// A source whose rows may all not be seen is none; of one that tells ties alone no row is counted.
MATCH (s:Source) WHERE s.audience >= $level
CALL (s) {
  MATCH (r:Record {source: s.slug})-[:DESCRIBES]->(n)
  WHERE r.digest IS NOT NULL AND coalesce(n.consent, n.audience) >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  RETURN count(r) AS records
}
WITH s, records
WHERE records > 0 OR EXISTS {
  MATCH (:Record {source: s.slug})-[:DESCRIBES]->(a:Actor)-[o:OBSERVED]-(b:Actor)
  WHERE o.source = s.slug AND o.audience >= $level AND a.consent >= $level AND b.consent >= $level
}
RETURN collect([s.slug, s.title, s.retrieved, records]) AS page
