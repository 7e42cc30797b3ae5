// Where does all this come from? Sources by title.
// $parents: [string], the root alone
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (s:Source)
  WHERE s.audience >= $level AND EXISTS { (:Record {source: s.slug}) }
  WITH s
  ORDER BY s.title, s.slug
  RETURN collect([
    s.title, s.slug,
    ['Source'] + [c IN $cols | CASE c WHEN 'uid' THEN s.slug ELSE s[c] END]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
