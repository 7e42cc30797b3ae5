// What do people work on that no other vocabulary has a word for?
// $level: integer, the viewer's level
MATCH (t:Theme) WHERE t.audience >= $level AND t.label IS NOT NULL
WITH t, COUNT {
  MATCH (t)<-[r:WORKS_ON]-(x)
  WHERE r.audience >= $level AND coalesce(x.consent, x.audience) >= $level
  RETURN DISTINCT x
} AS used
WHERE used > 0 AND NOT EXISTS {
  MATCH (t)-[r:MATCHES]-(u:Theme)
  WHERE r.predicate IN ['exactMatch', 'closeMatch'] AND r.audience >= $level
    AND u.audience >= $level AND coalesce(u.scheme, '') <> coalesce(t.scheme, '')
}
WITH t, used ORDER BY used DESC, t.label, t.uid
RETURN collect([t.uid, t.label, t.scheme, used, coalesce(t.no_word_in, []), EXISTS {
    MATCH (t)-[r:MATCHES]-(u:Theme) WHERE r.audience >= $level AND u.audience >= $level
  }, COLLECT {
    // a bare mention says no more than the row does that makes it
    MATCH (t)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL OR r.fields <> '{}'
    MATCH (s:Source {slug: r.source}) WHERE s.audience >= $level
    WITH DISTINCT s.slug AS slug ORDER BY slug
    RETURN slug
  }]) AS page
