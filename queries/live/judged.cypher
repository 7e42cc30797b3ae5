// What has been said lately of two records, that the viewer may see, and what do they describe?
// $since: string, a moment: what was said then or later
// $place: string or null, uid: only what is based in or serves it, or a place within it
// $themes: list of string or null, uids: only what works on one of them
// $level: integer, the viewer's level
MATCH (j:Judgement)
WHERE toString(j.at) >= $since
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
  AND ($place IS NULL OR any(end IN [one, other] WHERE EXISTS {
    MATCH way = (end)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(x IN relationships(way) WHERE x.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  }))
  AND ($themes IS NULL OR any(end IN [one, other] WHERE EXISTS {
    MATCH (end)-[x:WORKS_ON]->(w:Theme)
    WHERE w.uid IN $themes AND x.audience >= $level AND w.audience >= $level
  }))
WITH j, left, right, one, other ORDER BY toString(j.at), j.uid
RETURN j.uid AS uid, j.verdict AS verdict, j.by AS by, j.why AS why, toString(j.at) AS at,
  j.evidence AS evidence, one.uid AS left_uid, other.uid AS right_uid,
  [r IN [left, right] | [r.uid, r.kind, r.fields,
    [(r)-[:IDENTIFIED_BY]->(i) | i.uid], coalesce(r.branch, false)]] AS held
