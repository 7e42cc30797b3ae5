// Which things read differently now?
// $rows: list of maps of record, one that describes the thing, and props
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.record})-[:DESCRIBES]->(e) USING INDEX SEEK r:Record(uid)
SET e = row.props
RETURN count(*) AS made
