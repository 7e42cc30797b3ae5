// What did these rows say of ties and relationships? Take it off.
// $rows: list of row uids
UNWIND $rows AS uid
MATCH (row:Record {uid: uid}) USING INDEX SEEK row:Record(uid)
MATCH (row)-[:MENTIONS]->{0,1}()-[:DESCRIBES]->(a)
MATCH (row)-[:MENTIONS]->{0,1}()-[:DESCRIBES]->(b)
WITH DISTINCT row, a, b
MATCH (a)-[x]->(b)
WHERE x.record = row.uid
WITH x, type(x) AS verb, a.uid AS a, b.uid AS b
DELETE x
RETURN verb, a, b
