// Which identifier does each record carry?
// $rows: list of maps of record and id
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.record}) USING INDEX SEEK r:Record(uid)
MATCH (i:Identifier {uid: row.id}) USING INDEX SEEK i:Identifier(uid)
CREATE (r)-[:IDENTIFIED_BY]->(i)
RETURN count(*) AS made
