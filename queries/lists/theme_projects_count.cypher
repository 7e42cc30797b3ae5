// How many? Which projects are about this? By title.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Theme {uid: parent}) (()<-[x:BROADER WHERE x.audience >= $level]-()){0,8}
    (t:Theme)<-[r:WORKS_ON]-(p:Project)
  WHERE t.audience >= $level AND r.audience >= $level AND p.audience >= $level
  RETURN count(DISTINCT p) AS total
}
RETURN collect([parent, total]) AS pages
