// What do these records say now?
// $rows: list of maps, each a record's properties
UNWIND $rows AS row
MERGE (r:Record {uid: row.uid})
SET r = row
RETURN count(*) AS made
