// What are organisations called, and what are they known to work on?
// $after: string, uid to begin behind
// $limit: integer, how many at once
// $ids: [string] or null, uids: only these
// $level: integer, the viewer's level
MATCH (j:Organisation) WHERE j.uid > $after AND j.consent >= $level AND ($ids IS NULL OR j.uid IN $ids)
WITH j ORDER BY j.uid LIMIT $limit
RETURN collect([j.uid, j.name, null, COLLECT {
    MATCH (j)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    WITH DISTINCT t.uid AS theme ORDER BY theme
    RETURN theme
  }, COLLECT {
    MATCH (j)<-[:DESCRIBES]-(:Record)<-[:MENTIONS]-(said:Record)-[:MENTIONS {role: 'theme'}]->(:Record)
      -[:DESCRIBES]->(t:Theme)
    WHERE said.source STARTS WITH 'own-word:' AND said.fields CONTAINS '"refused":true'
      AND NOT said.fields CONTAINS '"superseded":' AND t.audience >= $level
    WITH DISTINCT t.uid AS theme ORDER BY theme
    RETURN theme
  }]) AS page
