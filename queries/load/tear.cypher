// What do these records, which move to another thing, say and hear? Take it off, to be put on there.
// $rows: list of record uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->()-[x]-() USING INDEX SEEK r:Record(uid)
WHERE x.from_record = uid OR x.to_record = uid
WITH DISTINCT x, type(x) AS verb, properties(x) AS props, startNode(x).uid AS a, endNode(x).uid AS b
DELETE x
RETURN verb, props, a, b
