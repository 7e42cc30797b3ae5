// What exactly does each of these rows say, and of whom?
// $uids: list of string, rows that the viewer may read
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})
MATCH (s:Source {slug: r.source})
WHERE s.audience >= $level
OPTIONAL MATCH (r)-[:DESCRIBES]->(n)
WHERE coalesce(n.consent, n.audience) >= $level
OPTIONAL MATCH (l:Load {uid: r.load})
WITH r, s, n, l, COLLECT {
  MATCH (r)-[x:MENTIONS]->(m:Record)-[:DESCRIBES]->(e)
  WHERE coalesce(e.consent, e.audience) >= $level
    AND (s.public OR coalesce(e.consent_rest, e.consent, e.audience) >= $level)
  RETURN {role: x.role, record: m.uid, kind: m.kind, fields: m.fields, entity: e.uid,
    name: coalesce(e.name, e.title, e.label), ids: [(m)-[:IDENTIFIED_BY]->(i) | i.uid]}
  ORDER BY x.role
} AS mentions
RETURN r.uid AS uid, r.kind AS kind, r.source AS source, r.date AS date, r.fields AS fields,
  [(r)-[:IDENTIFIED_BY]->(i) | i.uid] AS ids, n.uid AS entity, l.file AS file, mentions
ORDER BY uid
