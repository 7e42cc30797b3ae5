// What has been decided of which two records, what do they describe, and what do they say now?
// $level: integer, the viewer's level
MATCH (j:Judgement)
MATCH (left:Record {uid: j.left})-[:DESCRIBES]->(one)
MATCH (right:Record {uid: j.right})-[:DESCRIBES]->(other)
MATCH (s:Source {slug: left.source})
MATCH (t:Source {slug: right.source})
WHERE (s.audience >= $level OR (s.slug STARTS WITH 'own-word:' AND j.left CONTAINS ':added/'))
  AND (t.audience >= $level OR (t.slug STARTS WITH 'own-word:' AND j.right CONTAINS ':added/'))
  AND (s.public OR coalesce(one.consent_rest, one.consent, one.audience) >= $level)
  AND (t.public OR coalesce(other.consent_rest, other.consent, other.audience) >= $level)
  AND coalesce(one.consent, one.audience) >= $level
  AND coalesce(other.consent, other.audience) >= $level
WITH j, left, right, s, t, one, other ORDER BY toString(j.at), j.uid
// of what somebody added only its handle: whose words they are is told nobody
RETURN CASE WHEN s.slug STARTS WITH 'own-word:' THEN left.handle ELSE j.left END AS left,
  CASE WHEN t.slug STARTS WITH 'own-word:' THEN right.handle ELSE j.right END AS right,
  j.kind AS kind, j.verdict AS verdict, j.by AS by, j.why AS why, j.at AS at,
  j.evidence AS evidence, one.uid AS left_uid, other.uid AS right_uid,
  [r IN [left, right] | [r.uid, r.kind, r.fields,
    [(r)-[:IDENTIFIED_BY]->(i) | i.uid], coalesce(r.branch, false)]] AS held
