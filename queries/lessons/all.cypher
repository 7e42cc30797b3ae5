// Which projects have said what they learnt?
// $themes: list of string or null, uids: only what works on one of these
// $place: string or null, uid: only what serves it or a place within it
// $level: integer, the viewer's level
MATCH (j:Project)
WHERE j.lessons IS NOT NULL AND j.audience >= $level
  AND ($themes IS NULL OR EXISTS {
    MATCH (j)-[r:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND r.audience >= $level AND t.audience >= $level
  })
  AND ($place IS NULL OR EXISTS {
    MATCH way = (j)-[:SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(p IN nodes(way) WHERE p.audience >= $level)
  })
RETURN collect(j.uid) AS uids
