// What is going on here? Projects by title, from Z to A.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Place {uid: parent}) (()<-[w:WITHIN WHERE w.audience >= $level]-()){0,8}
    (l:Place)<-[r:SERVES]-(p:Project)
  WHERE l.audience >= $level AND r.audience >= $level AND p.audience >= $level
    AND p.title <= $k AND CASE WHEN p.title = $k THEN p.uid < $u ELSE true END
  WITH DISTINCT p
  ORDER BY p.title DESC, p.uid DESC LIMIT $limit
  RETURN collect([
    p.title, p.uid,
    ['Project']
      + [c IN $cols | p[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
