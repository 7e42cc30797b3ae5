// Who said they know each other? Sources by title.
// $parents: [string], the uids of both ends, joined by ~
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  WITH split(parent, '~') AS ends
  MATCH (a:Actor {uid: ends[0]})-[o:OBSERVED]-(b:Actor {uid: ends[1]})
  WHERE a.consent >= $level AND b.consent >= $level AND o.audience >= $level
  WITH DISTINCT o.source AS slug
  MATCH (s:Source {slug: slug})
  WHERE s.audience >= $level
  WITH s
  ORDER BY s.title, s.slug
  RETURN collect([
    s.title, s.slug,
    ['Source'] + [c IN $cols | CASE c WHEN 'uid' THEN s.slug ELSE s[c] END]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
