// What do they work on? Themes by label.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[r:WORKS_ON]->(t:Theme)
  WHERE a.consent >= $level AND r.audience >= $level AND t.audience >= $level
  WITH DISTINCT t
  ORDER BY t.label, t.uid
  RETURN collect([t.label, t.uid, ['Theme'] + [c IN $cols | t[c]]]) AS rows
}
RETURN collect([parent, rows]) AS pages
