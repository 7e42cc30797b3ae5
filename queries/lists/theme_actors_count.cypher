// How many? Who works on this? By name.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Theme {uid: parent}) (()<-[x:BROADER WHERE x.audience >= $level]-()){0,8}
    (t:Theme)<-[r:WORKS_ON]-(b:Actor)
  WHERE t.audience >= $level AND r.audience >= $level AND b.consent >= $level
  RETURN count(DISTINCT b) AS total
}
RETURN collect([parent, total]) AS pages
