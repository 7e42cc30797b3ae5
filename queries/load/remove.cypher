// Which things does no record describe any more? Each is found by a record that it had.
// $rows: list of record uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->(e) USING INDEX SEEK r:Record(uid)
OPTIONAL MATCH (e)-[t:TIE]-()
WITH collect(DISTINCT e) AS things, count(DISTINCT t) AS ties
CALL (things) {
  UNWIND things AS e
  DETACH DELETE e
}
RETURN ties / 2 AS ties
