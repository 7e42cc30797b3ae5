// Which of these are in this part of the field: there or within it, and on one of these themes?
// $uids: list of string, uids of things
// $place: string or null, uid: what is based in or serves it, or a place within it
// $themes: list of string or null, uids: what works on one of them
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (e:Person|Organisation|Project {uid: uid})
WHERE coalesce(e.consent, e.audience) >= $level
  AND ($place IS NULL OR EXISTS {
    MATCH way = (e)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(x IN relationships(way) WHERE x.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR EXISTS {
    MATCH (e)-[x:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND x.audience >= $level AND t.audience >= $level
  })
RETURN collect(uid) AS uids
