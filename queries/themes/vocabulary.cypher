// Which words does this vocabulary have, how do they lie in one another, and what matches them elsewhere?
// $scheme: string, the vocabulary
// $level: integer, the viewer's level
RETURN {
  themes: COLLECT {
    MATCH (t:Theme {scheme: $scheme}) WHERE t.audience >= $level AND t.label IS NOT NULL
    WITH t ORDER BY coalesce(t.code, t.label), t.uid
    RETURN {uid: t.uid, label: t.label, scheme: t.scheme, code: t.code, note: t.note,
      alt_labels: coalesce(t.alt_labels, []), no_word_in: coalesce(t.no_word_in, []),
      broader: COLLECT {
        MATCH (t)-[r:BROADER]->(u:Theme {scheme: $scheme})
        WHERE r.audience >= $level AND u.audience >= $level AND u.label IS NOT NULL
        WITH DISTINCT u ORDER BY u.uid
        RETURN {label: u.label, scheme: u.scheme, code: u.code}
      }}
  },
  matches: COLLECT {
    MATCH (t:Theme)-[r:MATCHES]->(u:Theme)
    WHERE $scheme IN [t.scheme, u.scheme] AND r.audience >= $level AND t.audience >= $level
      AND u.audience >= $level AND t.label IS NOT NULL AND u.label IS NOT NULL
    WITH t, r, u ORDER BY t.scheme, coalesce(t.code, t.label), u.scheme, coalesce(u.code, u.label), r.uid
    RETURN r {.predicate, .confidence, .justification, .by, .comment, .source, at: toString(r.at),
      subject: t {.label, .scheme, .code}, object: u {.label, .scheme, .code}}
  },
  sources: COLLECT {
    MATCH (t:Theme {scheme: $scheme})<-[:DESCRIBES]-(r:Record)
    WHERE t.audience >= $level AND (r.digest IS NOT NULL OR r.fields <> '{}')
    MATCH (s:Source {slug: r.source}) WHERE s.audience >= $level
    WITH DISTINCT s ORDER BY s.slug
    RETURN s {.slug, .title, .licence}
  }
} AS vocabulary
