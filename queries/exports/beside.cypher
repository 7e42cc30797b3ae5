// Which projects, places and themes do these have to do with?
// $uids: list of string, of actors and projects
// $level: integer, the viewer's level
UNWIND $uids AS uid
CALL (uid) {
  MATCH (n:Actor {uid: uid}) WHERE n.consent >= $level RETURN n
  UNION
  MATCH (n:Project {uid: uid}) WHERE n.audience >= $level RETURN n
}
MATCH (n)-[r:LEADS|PARTNERS_ON|FUNDS|BASED_IN|SERVES|WORKS_ON|OFFERS|ASKS_FOR]->(m)
WHERE r.audience >= $level AND m.audience >= $level
RETURN collect(DISTINCT [m.uid, m:Project]) AS page
