// What stands between the things that two records describe, where who may see it is known already?
// $rows: list of maps of verb and props
CYPHER replan=skip
UNWIND $rows AS edge
MATCH (f:Record {uid: edge.props.from_record})-[:DESCRIBES]->(a) USING INDEX SEEK f:Record(uid)
MATCH (t:Record {uid: edge.props.to_record})-[:DESCRIBES]->(b) USING INDEX SEEK t:Record(uid)
CREATE (a)-[x:$(edge.verb)]->(b)
SET x = edge.props
RETURN count(*) AS made
