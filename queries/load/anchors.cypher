// By which record is each of these actors held?
// $uids: list of actor uids
UNWIND $uids AS uid
MATCH (a:Actor {uid: uid})<-[:DESCRIBES]-(r:Record) USING INDEX SEEK a:Actor(uid)
RETURN min(r.uid) AS uid, a.uid AS actor
