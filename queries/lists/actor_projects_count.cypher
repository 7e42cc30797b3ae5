// How many? What have they worked on? By title.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[r:LEADS|PARTNERS_ON|FUNDS]->(p:Project)
  WHERE a.consent >= $level AND r.audience >= $level AND p.audience >= $level
  RETURN count(DISTINCT p) AS total
}
RETURN collect([parent, total]) AS pages
