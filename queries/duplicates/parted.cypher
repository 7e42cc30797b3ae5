// Which things did somebody say to be two, and which identifiers do the records of each carry?
// $level: integer, the viewer's level
MATCH (s:Source) WHERE s.audience >= $level
WITH collect(s.slug) AS read, collect(CASE WHEN s.public THEN s.slug END) AS public
MATCH (j:Judgement {verdict: 'different'})
MATCH (left:Record {uid: j.left})-[:DESCRIBES]->(one)
MATCH (right:Record {uid: j.right})-[:DESCRIBES]->(other)
WHERE one <> other AND coalesce(one.consent, one.audience) >= $level
  AND coalesce(other.consent, other.audience) >= $level
  AND all(said IN [[left, one], [right, other]] WHERE
    (said[0].source IN read
      OR (said[0].source STARTS WITH 'own-word:' AND said[0].uid CONTAINS ':added/'))
    AND (said[0].source IN public
      OR coalesce(said[1].consent_rest, said[1].consent, said[1].audience) >= $level))
// of what somebody added only its handle: whose words they are is told nobody
WITH read, public, CASE WHEN one.uid < other.uid THEN [one, other] ELSE [other, one] END AS two,
  collect([r IN [left, right] |
    CASE WHEN r.source STARTS WITH 'own-word:' THEN r.handle ELSE r.uid END]) AS judged
UNWIND two AS e
WITH two, judged, e, COLLECT {
  MATCH (e)<-[:DESCRIBES]-(r:Record)-[:IDENTIFIED_BY]->(i:Identifier)
  WHERE (r.source IN read OR (r.source STARTS WITH 'own-word:' AND r.uid CONTAINS ':added/'))
    AND (r.source IN public OR coalesce(e.consent_rest, e.consent, e.audience) >= $level)
  WITH r, i ORDER BY i.uid, r.uid
  RETURN [CASE WHEN r.source STARTS WITH 'own-word:' THEN r.handle ELSE r.uid END,
    split(r.source, ':')[0], i.uid, coalesce(r.branch, false)]
} AS carried
ORDER BY e.uid
RETURN two[0].uid AS left_uid, two[1].uid AS right_uid, judged, collect(carried) AS held
