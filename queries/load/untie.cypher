// Of which pairs is nothing observed any more?
// $rows: list of maps of a and b
CYPHER replan=skip
UNWIND $rows AS pair
MATCH (a:Actor {uid: pair.a}) USING INDEX SEEK a:Actor(uid)
MATCH (b:Actor {uid: pair.b}) USING INDEX SEEK b:Actor(uid)
MATCH (a)-[t:TIE]-(b)
DELETE t
