// Where does this project work? Places by name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (j:Project {uid: parent})-[r:SERVES]->(p:Place)
  WHERE j.audience >= $level AND r.audience >= $level AND p.audience >= $level
  WITH DISTINCT p
  ORDER BY p.name, p.uid
  RETURN collect([p.name, p.uid, ['Place'] + [c IN $cols | p[c]]]) AS rows
}
RETURN collect([parent, rows]) AS pages
