// What is this thing called, who may see it, and by which records is it known?
// $uids: list of string, uids of things
UNWIND $uids AS uid
CALL (uid) {
  MATCH (n:Actor {uid: uid}) RETURN n
  UNION
  MATCH (n:Project {uid: uid}) RETURN n
  UNION
  MATCH (n:Place {uid: uid}) RETURN n
  UNION
  MATCH (n:Theme {uid: uid}) RETURN n
}
RETURN n.uid AS uid, coalesce(n.name, n.title, n.label) AS name, n.scheme AS scheme,
  coalesce(n.consent, n.audience) AS level, n:Network AS network,
  COLLECT {
    MATCH (n)<-[:DESCRIBES]-(r:Record)
    RETURN r {.uid, .handle, .kind, .branch, ids: COLLECT { MATCH (r)-[:IDENTIFIED_BY]->(i) RETURN i.uid }}
    ORDER BY r.uid
  } AS records
