// Who says what of this, and may the viewer read it?
// $uid: string, of the thing
// $level: integer, the viewer's level
// What a thing is called is made of all its records (compose), so all are given, each marked.
MATCH (:Record {handle: $uid})-[:DESCRIBES]->(n)
WHERE coalesce(n.consent, n.audience) >= $level
MATCH (n)<-[:DESCRIBES]-(r:Record)
MATCH (s:Source {slug: r.source})
OPTIONAL MATCH (r)<-[:MENTIONS]-(row:Record)
WHERE NOT EXISTS {
  // A row is read by those who may see what it is about: a statement, all whom it names.
  MATCH (row)-[:MENTIONS]->{0,1}(m:Record)-[:DESCRIBES]->(e)
  WHERE (m = row OR row.kind = 'statement') AND NOT (coalesce(e.consent, e.audience) >= $level
    AND (s.public OR coalesce(e.consent_rest, e.consent, e.audience) >= $level))
} AND (row.kind <> 'statement' OR NOT EXISTS {
  MATCH (row)-[:MENTIONS]->()-[:DESCRIBES]->()-[x]->()
  WHERE x.record = row.uid AND x.audience < $level
})
WITH n, r, s, count(row) AS rows, coalesce(min(row.uid), r.uid) AS row
OPTIONAL MATCH (first:Record {uid: row})
OPTIONAL MATCH (l:Load {uid: first.load})
RETURN r {.uid, .kind, .source, .fields, .date, .branch,
    ids: [(r)-[:IDENTIFIED_BY]->(i) | i.uid]} AS record,
  s {.slug, .title, .reliability, .audience, .public} AS source, rows, row, l.file AS file,
  s.audience >= $level AND (r.digest IS NOT NULL OR r.fields <> '{}' OR EXISTS {
    // A bare mention says no more than the row does that makes it.
    MATCH (n)-[x]-(m)
    WHERE r.uid IN [x.from_record, x.to_record] AND x.audience >= $level
      AND coalesce(m.consent, m.audience) >= $level
  })
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level) AS visible
ORDER BY r.uid
