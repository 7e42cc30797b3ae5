// What has been observed between these pairs, and are they tied?
// $rows: list of maps of a and b, actor uids
CYPHER replan=skip
UNWIND $rows AS pair
MATCH (a:Actor {uid: pair.a}) USING INDEX SEEK a:Actor(uid)
MATCH (b:Actor {uid: pair.b}) USING INDEX SEEK b:Actor(uid)
OPTIONAL MATCH (a)-[o:OBSERVED]-(b)
RETURN a.uid AS a, b.uid AS b, EXISTS { (a)-[:TIE]->(b) } AS tied,
       collect(o {.uid, .kind, .value, .weight, .reporter, .on, .until, .source, .audience, .answered_share, forward: startNode(o) = a}) AS seen
