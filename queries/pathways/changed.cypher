// How do these actors and pairs stand now? For the snapshot: what was touched since it was read.
// $pairs: list of [string, string], uids of who asks and who is asked
// $actors: list of string, uids of actors all of whose ties are to be read
// $people: list of string, uids of actors of whom is to be read whether they may be asked
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
CALL () {
  UNWIND $pairs AS pair
  MATCH (a:Actor {uid: pair[0]})-[t:TIE]->(b:Actor {uid: pair[1]})
  WHERE t[$step] > 0 AND a.consent >= $level AND b.consent >= $level
  RETURN collect([a.uid, b.uid, t[$step]]) AS some
}
CALL () {
  UNWIND $actors AS uid
  MATCH (a:Actor {uid: uid}) WHERE a.consent >= $level
  MATCH (a)-[t:TIE]->(b:Actor) WHERE t[$step] > 0 AND b.consent >= $level
  RETURN collect([a.uid, b.uid, t[$step]]) AS out
}
CALL () {
  UNWIND $actors AS uid
  MATCH (b:Actor {uid: uid}) WHERE b.consent >= $level
  MATCH (a:Actor)-[t:TIE]->(b) WHERE t[$step] > 0 AND a.consent >= $level
  RETURN collect([a.uid, b.uid, t[$step]]) AS into
}
CALL () {
  UNWIND $people AS uid
  MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level
  RETURN collect([x.uid, CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END,
    NOT coalesce(x.taking_requests, true)]) AS who
}
RETURN some + out + into AS ties, who
