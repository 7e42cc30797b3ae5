// Which pairs are tied for the first time, and how, one tie a direction?
// $rows: list of maps of a, b, there and back: the ties' properties
CYPHER replan=skip
UNWIND $rows AS pair
MATCH (a:Actor {uid: pair.a}) USING INDEX SEEK a:Actor(uid)
MATCH (b:Actor {uid: pair.b}) USING INDEX SEEK b:Actor(uid)
CREATE (a)-[t:TIE]->(b)
SET t = pair.there
CREATE (b)-[u:TIE]->(a)
SET u = pair.back
RETURN count(*) AS made
