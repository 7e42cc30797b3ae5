// What does each row mention, and as what?
// $rows: list of maps of row, role and mention
CYPHER replan=skip
UNWIND $rows AS it
MATCH (row:Record {uid: it.row}) USING INDEX SEEK row:Record(uid)
MATCH (m:Record {uid: it.mention}) USING INDEX SEEK m:Record(uid)
CREATE (row)-[:MENTIONS {role: it.role}]->(m)
RETURN count(*) AS made
