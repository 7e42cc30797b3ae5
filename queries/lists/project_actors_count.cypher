// How many? Who is in this project? By name.
// $parents: [string], uids
// $level: int, the viewer's level
// $verb: string, LEADS, PARTNERS_ON or FUNDS
UNWIND $parents AS parent
CALL (parent) {
  MATCH (p:Project {uid: parent})<-[r:LEADS|PARTNERS_ON|FUNDS]-(b:Actor)
  WHERE type(r) = $verb AND p.audience >= $level AND r.audience >= $level
    AND b.consent >= $level
  RETURN count(DISTINCT b) AS total
}
RETURN collect([parent, total]) AS pages
