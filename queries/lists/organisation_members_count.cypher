// How many? Who belongs to this organisation? By name.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (o:Organisation {uid: parent})<-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES|PART_OF]-(b:Actor)
  WHERE o.consent >= $level AND r.audience >= $level AND b.consent >= $level
  RETURN count(DISTINCT b) AS total
}
RETURN collect([parent, total]) AS pages
