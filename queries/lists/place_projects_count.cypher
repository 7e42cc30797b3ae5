// How many? What is going on here? Projects by title.
// $parents: [string], uids
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Place {uid: parent}) (()<-[w:WITHIN WHERE w.audience >= $level]-()){0,8}
    (l:Place)<-[r:SERVES]-(p:Project)
  WHERE l.audience >= $level AND r.audience >= $level AND p.audience >= $level
  RETURN count(DISTINCT p) AS total
}
RETURN collect([parent, total]) AS pages
