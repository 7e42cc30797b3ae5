// Who works on this theme in this place, themselves or through a project they lead or partner on?
// $themes: list of string, its uid and those of all that counts as it
// $place: string or null, its uid; what lies within it counts; null: anywhere
// $most: integer, how many at most
// $level: integer, the viewer's level
UNWIND $themes AS uid
MATCH (t:Theme {uid: uid}) WHERE t.audience >= $level
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
