// Who works on this theme in this place, themselves or through a project they lead or partner on?
// $theme: string, its uid; narrower themes and those mapped to it count
// $place: string or null, its uid; what lies within it counts; null: anywhere
// $most: integer, how many at most
// $level: integer, the viewer's level
MATCH (theme:Theme {uid: $theme}) WHERE theme.audience >= $level
CALL (theme) {
  RETURN theme AS t
  UNION
  MATCH (theme)-[r:MATCHES]-(t:Theme)
  WHERE r.predicate IN ['exactMatch', 'closeMatch'] AND r.audience >= $level AND t.audience >= $level
  RETURN t
  UNION
  MATCH way = (t:Theme)-[:BROADER*1..6]->(theme)
  WHERE all(r IN relationships(way) WHERE r.audience >= $level)
    AND all(n IN nodes(way) WHERE n.audience >= $level)
  RETURN t
}
CALL (t) {
  MATCH (x:Actor)-[w:WORKS_ON]->(t) WHERE w.audience >= $level RETURN x, x AS doer
  UNION
  MATCH (x:Actor)-[d:LEADS|PARTNERS_ON]->(j:Project)-[w:WORKS_ON]->(t)
  WHERE d.audience >= $level AND w.audience >= $level AND j.audience >= $level
  RETURN x, j AS doer
}
WITH DISTINCT x, doer WHERE x.consent >= $level
WITH x WHERE $place IS NULL OR EXISTS {
  CALL (x, doer) {
    MATCH (x)-[s:BASED_IN|SERVES]->(here:Place) WHERE s.audience >= $level RETURN here
    UNION
    MATCH (doer)-[s:SERVES]->(here:Place) WHERE s.audience >= $level RETURN here
  }
  MATCH way = (here)-[:WITHIN*0..8]->(:Place {uid: $place})
  WHERE all(r IN relationships(way) WHERE r.audience >= $level)
    AND all(n IN nodes(way) WHERE n.audience >= $level)
  RETURN here
}
WITH DISTINCT x ORDER BY x.uid LIMIT $most
RETURN x.uid AS uid, x.name AS name
