// Which pairs may be one thing, as the comparison found?
// $rows: list of maps, each the properties of a Candidate
UNWIND $rows AS row
MERGE (c:Candidate {uid: row.uid})
SET c = row
