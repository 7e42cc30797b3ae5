// What do others call this? By label.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// $theme_cols: [string], the other theme's properties wanted
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Theme {uid: parent})-[r:MATCHES]-(t:Theme)
  WHERE n.audience >= $level AND r.audience >= $level AND t.audience >= $level
  WITH r, t
  ORDER BY t.label, t.uid, r.uid
  RETURN collect([
    t.label, r.uid, ['ThemeMatch'] + [c IN $cols | r[c]],
    {theme: ['Theme'] + [c IN $theme_cols | t[c]]}
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
