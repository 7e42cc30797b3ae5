// Which things are new, each with its lowest record, which is new too?
// $rows: list of maps of record (its properties), labels and props
CYPHER replan=skip
UNWIND $rows AS row
CREATE (r:Record)
SET r = row.record
CREATE (e:$(row.labels))
SET e = row.props
CREATE (r)-[:DESCRIBES]->(e)
RETURN count(*) AS made
