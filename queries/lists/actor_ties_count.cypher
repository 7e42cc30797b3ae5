// How many could they ask?
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[t:TIE]->(b:Actor)
  WHERE a.consent >= $level AND t.audience >= $level AND b.consent >= $level
  RETURN count(t) AS total
}
RETURN collect([parent, total]) AS pages
