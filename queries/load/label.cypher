// Which things are of more, or of fewer, kinds now (a network, or no longer one)?
// $rows: list of maps of record, gains and loses: lists of labels
CYPHER replan=skip
UNWIND $rows AS row
MATCH (r:Record {uid: row.record})-[:DESCRIBES]->(e) USING INDEX SEEK r:Record(uid)
REMOVE e:$(row.loses)
SET e:$(row.gains)
