// Which things are new? Each comes with its lowest record.
// $rows: list of maps of record, labels and props
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.record}) USING INDEX SEEK r:Record(uid)
CREATE (e:$(row.labels))
SET e = row.props
CREATE (r)-[:DESCRIBES]->(e)
RETURN count(*) AS made
