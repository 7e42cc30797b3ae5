// Which actors do these records describe?
// $rows: list of maps of from and to: record uids
CYPHER replan=skip
UNWIND $rows AS row
MATCH (f:Record {uid: row.from})-[:DESCRIBES]->(a) USING INDEX SEEK f:Record(uid)
MATCH (t:Record {uid: row.to})-[:DESCRIBES]->(b) USING INDEX SEEK t:Record(uid)
RETURN DISTINCT a.uid AS a, b.uid AS b
