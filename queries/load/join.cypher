// Which records come to a thing that another record describes already?
// $rows: list of maps of record and anchor
CYPHER replan=skip
UNWIND $rows AS row
MATCH (a:Record {uid: row.anchor})-[:DESCRIBES]->(e) USING INDEX SEEK a:Record(uid)
MATCH (r:Record {uid: row.record}) USING INDEX SEEK r:Record(uid)
CREATE (r)-[:DESCRIBES]->(e)
RETURN count(*) AS made
