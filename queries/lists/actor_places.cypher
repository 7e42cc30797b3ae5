// Where are they? Where they are based and what they serve, by name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[r:BASED_IN|SERVES]->(p:Place)
  WHERE a.consent >= $level AND r.audience >= $level AND p.audience >= $level
  WITH DISTINCT p
  ORDER BY p.name, p.uid
  RETURN collect([p.name, p.uid, ['Place'] + [c IN $cols | p[c]]]) AS rows
}
RETURN collect([parent, rows]) AS pages
