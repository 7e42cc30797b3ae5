// By which rules does each vocabulary find its themes in a text?
// $level: integer, the viewer's level
MATCH (t:Theme) WHERE t.rule IS NOT NULL AND t.audience >= $level
WITH t ORDER BY t.uid
RETURN collect({uid: t.uid, label: t.label, scheme: t.scheme, code: t.code, rule: t.rule,
  rule_not: t.rule_not, sources: COLLECT {
    MATCH (t)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL
    MATCH (s:Source {slug: r.source}) WHERE s.audience >= $level
    WITH DISTINCT s.slug AS slug ORDER BY slug
    RETURN slug
  }}) AS page
