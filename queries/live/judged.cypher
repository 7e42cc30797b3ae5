// What has been said lately of two records, or taken back, that the viewer may see, and what do they describe?
// $since: string, a moment: what was said then or later
// $level: integer, the viewer's level
// each WITH lets the server plan what follows by itself: as one, planning took it a second
MATCH (j:Judgement|Retraction)
WHERE toString(j.at) >= $since
WITH j
MATCH (left:Record {uid: j.left})-[:DESCRIBES]->(one)
WHERE coalesce(one.consent, one.audience) >= $level
WITH j, left, one
MATCH (s:Source {slug: left.source})
WHERE (s.audience >= $level OR (s.slug STARTS WITH 'own-word:' AND j.left CONTAINS ':added/'))
  AND (s.public OR coalesce(one.consent_rest, one.consent, one.audience) >= $level)
WITH j, left, one
MATCH (right:Record {uid: j.right})-[:DESCRIBES]->(other)
WHERE coalesce(other.consent, other.audience) >= $level
WITH j, left, one, right, other
MATCH (t:Source {slug: right.source})
WHERE (t.audience >= $level OR (t.slug STARTS WITH 'own-word:' AND j.right CONTAINS ':added/'))
  AND (t.public OR coalesce(other.consent_rest, other.consent, other.audience) >= $level)
WITH j, left, one, right, other ORDER BY toString(j.at), j:Judgement, j.uid
RETURN j.uid AS uid, CASE WHEN j:Retraction THEN 'taken back' ELSE 'said' END AS change, j.verdict AS verdict, j.by AS by, j.why AS why, toString(j.at) AS at,
  j.evidence AS evidence, one.uid AS left_uid, other.uid AS right_uid,
  [r IN [left, right] | [r.uid, r.kind, r.fields,
    [(r)-[:IDENTIFIED_BY]->(i) | i.uid], coalesce(r.branch, false)]] AS held
