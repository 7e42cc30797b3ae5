// What have they worked on? By title, from Z to A.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[r:LEADS|PARTNERS_ON|FUNDS]->(p:Project)
  WHERE a.consent >= $level AND r.audience >= $level AND p.audience >= $level
    AND p.title <= $k AND CASE WHEN p.title = $k THEN p.uid < $u ELSE true END
  // In an order of their own, or what is hidden could change it.
  WITH p, r ORDER BY type(r), r.role
  WITH p, collect(DISTINCT type(r)) AS parts, collect(DISTINCT r.role) AS roles
  ORDER BY p.title DESC, p.uid DESC LIMIT $limit
  RETURN collect([
    p.title, p.uid,
    ['Project']
      + [c IN $cols | p[c]],
    null, {parts: parts, roles: roles}
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
