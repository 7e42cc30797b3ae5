// What do they belong to? By name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// $organisation_cols: [string], the organisation's properties wanted
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES|PART_OF]->(o:Organisation)
  WHERE a.consent >= $level AND r.audience >= $level AND o.consent >= $level
  // In an order of their own, or what is hidden could change it.
  WITH o, r ORDER BY type(r), r.role
  WITH o, collect(DISTINCT type(r)) AS ways, collect(DISTINCT r.role) AS roles
  ORDER BY o.name, o.uid
  RETURN collect([
    o.name, o.uid,
    ['Membership'] + [c IN $cols | {ways: ways, roles: roles, uid: o.uid}[c]],
    {organisation: [CASE WHEN o:Network THEN 'Network' ELSE 'Organisation' END]
      + [c IN $organisation_cols | o[c]]}
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
