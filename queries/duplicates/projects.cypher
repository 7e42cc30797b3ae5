// Which projects work on something, who leads them, when, where, on what?
// $after: string, uid of the project to begin behind
// $limit: integer, how many projects at once
// $place: string or null, uid: only projects that serve it or a place within it
// $theme: string or null, uid: only projects that work on it or on a narrower theme
// $level: integer, the viewer's level
MATCH (j:Project)
WHERE j.uid > $after AND j.audience >= $level
  AND EXISTS {
    MATCH (j)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
  }
  AND ($place IS NULL OR EXISTS {
    MATCH way = (j)-[:SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(p IN nodes(way) WHERE p.audience >= $level)
  })
  AND ($theme IS NULL OR EXISTS {
    MATCH way = (j)-[:WORKS_ON]->(:Theme)-[:BROADER*0..6]->(:Theme {uid: $theme})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(t IN nodes(way) WHERE t.audience >= $level)
  })
WITH j ORDER BY j.uid LIMIT $limit
RETURN j.uid AS uid, j.title AS title, toString(j.starts) AS starts, toString(j.ends) AS ends,
  COLLECT {
    MATCH (x:Actor)-[r:LEADS]->(j) WHERE r.audience >= $level AND x.consent >= $level
    RETURN DISTINCT x.uid
  } AS leads,
  COLLECT {
    MATCH (x:Actor)-[r:PARTNERS_ON]->(j) WHERE r.audience >= $level AND x.consent >= $level
    RETURN DISTINCT x.uid
  } AS partners,
  COLLECT {
    MATCH (x:Actor)-[d:LEADS]->(j) WHERE d.audience >= $level
    MATCH way = (x)-[:WORKS_FOR|LEADS*0..1]->(:Actor)-[:PART_OF*0..5]->(o:Organisation)
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(n IN nodes(way) WHERE n.consent >= $level)
    RETURN DISTINCT o.uid
  } AS bodies,
  COLLECT {
    MATCH (j)-[r:SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    RETURN DISTINCT p.uid
  } AS places,
  COLLECT {
    MATCH (j)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    RETURN DISTINCT t.uid
  } AS themes,
  COLLECT {
    MATCH (j)-[r:FOLLOWS]->(k:Project) WHERE r.audience >= $level AND k.audience >= $level
    RETURN DISTINCT k.uid
  } AS follows,
  COLLECT {
    MATCH (j)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
    WHERE s.audience >= $level
    WITH r ORDER BY r.uid RETURN r.uid
  } AS records
