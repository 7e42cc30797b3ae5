// Whose lessons may be meant? Those of every project whose lesson, title or theme answers, as far as the viewer may see.
// $words: string, the words as the full-text indexes read them
// $named: list of string, uids of themes that the words name: whoever works on one
// $themes: list of string or null, uids: only what works on one of these
// $place: string or null, uid: only what serves it or a place within it
// $level: integer, the viewer's level
CALL () {
  CALL db.index.fulltext.queryNodes('lessons', $words) YIELD node AS j RETURN j
  UNION
  CALL db.index.fulltext.queryNodes('names', $words) YIELD node AS j WHERE j:Project RETURN j
  UNION
  MATCH (t:Theme)<-[r:WORKS_ON]-(j:Project)
  WHERE t.uid IN $named AND t.audience >= $level AND r.audience >= $level
  RETURN j
}
WITH j WHERE j.lessons IS NOT NULL AND j.audience >= $level
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
