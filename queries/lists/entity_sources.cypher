// Who said so? The sources that name it, or say something of it that the viewer may see, by title.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Record {handle: parent})-[:DESCRIBES]->(n)
  WHERE coalesce(n.consent, n.audience) >= $level
  MATCH (n)<-[:DESCRIBES]-(r:Record)
  // A bare mention says no more than the row does that makes it.
  WHERE r.digest IS NOT NULL OR r.fields <> '{}' OR EXISTS {
    MATCH (n)-[x]-(m)
    WHERE r.uid IN [x.from_record, x.to_record] AND x.audience >= $level
      AND coalesce(m.consent, m.audience) >= $level
  }
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
