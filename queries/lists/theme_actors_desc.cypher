// Who works on this? By name, from Z to A.
// $parents: [string], uids
// $themes: map, for each of them the uids of all that counts as it
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (t:Theme)<-[r:WORKS_ON]-(b:Actor)
  WHERE t.uid IN $themes[parent] AND t.audience >= $level AND r.audience >= $level AND b.consent >= $level
    AND b.name <= $k AND CASE WHEN b.name = $k THEN b.uid < $u ELSE true END
  WITH DISTINCT b
  ORDER BY b.name DESC, b.uid DESC LIMIT $limit
  RETURN collect([
    b.name, b.uid,
    [CASE WHEN b:Person THEN 'Person' WHEN b:Network THEN 'Network' ELSE 'Organisation' END]
      + [c IN $cols | b[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
