// What do these records, which stand already, say now?
// $rows: list of maps, each a record's properties
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.uid}) USING INDEX SEEK r:Record(uid)
SET r = row
RETURN count(*) AS made
