// Whose records are at the other ends of all that is said of these actors?
// $uids: list of actor uids
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (e:Actor {uid: uid})-[x]-(far:Actor) USING INDEX SEEK e:Actor(uid)
WHERE x.record IS NOT NULL
UNWIND [x.from_record, x.to_record] AS end
RETURN DISTINCT end AS uid
