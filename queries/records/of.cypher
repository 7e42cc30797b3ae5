// Which rows speak of this? By uid, behind one.
// $uid: string, of the thing
// $from, $until: strings, uids before and behind those wanted
// $kind: string, person, organisation ... statement; or null
// $limit: integer, how many at most
// $level: integer, the viewer's level
MATCH (:Record {handle: $uid})-[:DESCRIBES]->(it)
MATCH (it)<-[:DESCRIBES]-(o:Record)
MATCH (s:Source {slug: o.source})
WHERE s.audience >= $level AND coalesce(it.consent, it.audience) >= $level
  AND (s.public OR coalesce(it.consent_rest, it.consent, it.audience) >= $level)
MATCH (r:Record)-[:MENTIONS]->{0,1}(o)
WHERE r.uid > $from AND r.uid < $until AND r.digest IS NOT NULL
  AND ($kind IS NULL OR r.kind = $kind)
  AND NOT EXISTS {
  MATCH (r)-[:MENTIONS]->{0,1}(m:Record)-[:DESCRIBES]->(n)
  WHERE (m = r OR r.kind = 'statement') AND NOT (coalesce(n.consent, n.audience) >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level))
} AND (r.kind <> 'statement' OR NOT EXISTS {
  MATCH (r)-[:MENTIONS]->()-[:DESCRIBES]->()-[x]->()
  WHERE x.record = r.uid AND x.audience < $level
})
WITH DISTINCT r
ORDER BY r.uid LIMIT $limit
RETURN collect(r.uid) AS uids
