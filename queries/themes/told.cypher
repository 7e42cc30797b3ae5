// What are these themes called, in whose words, who has none for them, and who says so?
// $uids: [string], uids of themes
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (t:Theme {uid: uid}) WHERE t.audience >= $level
RETURN collect([t.uid, t.label, t.scheme, t.code, coalesce(t.no_word_in, []), COLLECT {
  // a bare mention says no more than the row does that makes it
  MATCH (t)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL OR r.fields <> '{}'
  MATCH (s:Source {slug: r.source}) WHERE s.audience >= $level
  WITH DISTINCT s.slug AS slug ORDER BY slug
  RETURN slug
}]) AS page
