// What wider theme is this part of? By label.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Theme {uid: parent})-[r:BROADER]->(t:Theme)
  WHERE n.audience >= $level AND r.audience >= $level AND t.audience >= $level
  WITH DISTINCT t
  ORDER BY t.label, t.uid
  RETURN collect([t.label, t.uid, ['Theme'] + [c IN $cols | t[c]]]) AS rows
}
RETURN collect([parent, rows]) AS pages
