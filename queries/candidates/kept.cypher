// Which pairs did the comparison find, of all that the viewer may see?
// $kinds: list of string, person for stewards alone
// $most: integer, how many pairs
// $place: string or null, uid: one of the two based in or serving it, or a place within it
// $themes: list of string or null, uids: one of the two working on one of them
// $level: integer, the viewer's level
MATCH (c:Candidate) WHERE c.kind IN $kinds AND c.level = $level AND c.left IS NOT NULL
MATCH (:Record {uid: c.left})-[:DESCRIBES]->(one)
MATCH (:Record {uid: c.right})-[:DESCRIBES]->(other)
WHERE one <> other AND coalesce(one.consent, one.audience) >= $level
  AND coalesce(other.consent, other.audience) >= $level
  AND ($place IS NULL OR EXISTS {
    MATCH way = (e)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE e IN [one, other] AND all(x IN relationships(way) WHERE x.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR EXISTS {
    MATCH (e)-[x:WORKS_ON]->(t:Theme)
    WHERE e IN [one, other] AND t.uid IN $themes AND x.audience >= $level AND t.audience >= $level
  })
WITH c, one, other ORDER BY c.bits DESC, c.uid LIMIT $most
RETURN one.uid AS left_uid, other.uid AS right_uid, c.left AS left, c.right AS right,
  c.kind AS kind, c.bits AS bits, c.reasons AS reasons, c.weights AS weights
