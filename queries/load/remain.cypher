// What do these records describe now?
// $rows: list of record uids
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->(n) USING INDEX SEEK r:Record(uid)
RETURN uid, r.kind AS kind, elementId(n) AS node, properties(n) AS props, labels(n) AS labels
