// Which records are new?
// $rows: list of maps, each a record's properties
CYPHER replan=skip
UNWIND $rows AS row
CREATE (r:Record)
SET r = row
RETURN count(*) AS made
