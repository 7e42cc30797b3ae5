// Who said so? The sources that speak of it, by title.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Record {handle: parent})-[:DESCRIBES]->(n)
  WHERE coalesce(n.consent, n.audience) >= $level
  MATCH (n)<-[:DESCRIBES]-(r:Record)
  WITH DISTINCT n, r.source AS slug
  MATCH (s:Source {slug: slug})
  WHERE s.audience >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  WITH s
  ORDER BY s.title, s.slug
  RETURN collect([
    s.title, s.slug,
    ['Source'] + [c IN $cols | CASE c WHEN 'uid' THEN s.slug ELSE s[c] END]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
