// Who says what of this, and may the viewer read it?
// $uid: string, of the thing
// $level: integer, the viewer's level
// What a thing is called is made of all its records (compose), so all are given, each marked.
MATCH (:Record {handle: $uid})-[:DESCRIBES]->(n)
WHERE coalesce(n.consent, n.audience) >= $level
MATCH (n)<-[:DESCRIBES]-(r:Record)
MATCH (s:Source {slug: r.source})
OPTIONAL MATCH (r)<-[:MENTIONS]-(row:Record)
WITH n, r, s, count(row) AS rows, coalesce(min(row.uid), r.uid) AS row
OPTIONAL MATCH (first:Record {uid: row})
OPTIONAL MATCH (l:Load {uid: first.load})
RETURN r {.uid, .kind, .source, .fields, .date, .branch,
    ids: [(r)-[:IDENTIFIED_BY]->(i) | i.uid]} AS record,
  s {.slug, .title, .reliability, .audience, .public} AS source, rows, row, l.file AS file,
  s.audience >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level) AS visible
ORDER BY r.uid
