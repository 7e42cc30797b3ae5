// Which identifiers does a changed row carry no more?
// $rows: list of maps of record and id
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.record})-[x:IDENTIFIED_BY]->(i:Identifier {uid: row.id}) USING INDEX SEEK r:Record(uid)
DELETE x
