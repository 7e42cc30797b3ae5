// Who belongs to this organisation? By name, from Z to A.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (o:Organisation {uid: parent})<-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES|PART_OF]-(b:Actor)
  WHERE o.consent >= $level AND r.audience >= $level AND b.consent >= $level
    AND b.name <= $k AND CASE WHEN b.name = $k THEN b.uid < $u ELSE true END
  // In an order of their own, or what is hidden could change it.
  WITH b, r ORDER BY type(r), r.role
  WITH b, collect(DISTINCT type(r)) AS ways, collect(DISTINCT r.role) AS roles
  ORDER BY b.name DESC, b.uid DESC LIMIT $limit
  RETURN collect([
    b.name, b.uid,
    [CASE WHEN b:Person THEN 'Person' WHEN b:Network THEN 'Network' ELSE 'Organisation' END]
      + [c IN $cols | b[c]],
    null, {ways: ways, roles: roles}
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
