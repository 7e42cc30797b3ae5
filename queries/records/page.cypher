// Which rows did partners send? By uid, behind one.
// $from, $until: strings, uids before and behind those wanted
// $kind: string, person, organisation ... statement; or null
// $limit: integer, how many at most
// $level: integer, the viewer's level
MATCH (r:Record)
USING INDEX r:Record(uid)
WHERE r.uid > $from AND r.uid < $until AND r.digest IS NOT NULL
  AND ($kind IS NULL OR r.kind = $kind)
MATCH (s:Source {slug: r.source})
WHERE s.audience >= $level AND NOT EXISTS {
  // A row is read by those who may see what it is about: a statement, all whom it names.
  MATCH (r)-[:MENTIONS]->{0,1}(m:Record)-[:DESCRIBES]->(n)
  WHERE (m = r OR r.kind = 'statement') AND NOT (coalesce(n.consent, n.audience) >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level))
} AND (r.kind <> 'statement' OR NOT EXISTS {
  MATCH (r)-[:MENTIONS]->()-[:DESCRIBES]->()-[x]->()
  WHERE x.record = r.uid AND x.audience < $level
})
WITH r
ORDER BY r.uid LIMIT $limit
RETURN collect(r.uid) AS uids
