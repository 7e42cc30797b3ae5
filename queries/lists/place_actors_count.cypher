// How many? Who is here? By name.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Place {uid: parent}) (()<-[w:WITHIN WHERE w.audience >= $level]-()){0,8}
    (l:Place)<-[r:BASED_IN]-(b:Actor)
  WHERE l.audience >= $level AND r.audience >= $level AND b.consent >= $level
  RETURN count(DISTINCT b) AS total
}
RETURN collect([parent, total]) AS pages
