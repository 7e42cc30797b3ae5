// Which things go by so many names that something may have been joined that is not one?
// $most: integer, how many things
// $place: string or null, uid: only what is based in or serves it, or a place within it
// $themes: list of string or null, uids: only what works on one of them
// $level: integer, the viewer's level
MATCH (e:Actor) WHERE e.consent >= $level AND size(e.also_known_as) > 1
  AND ($place IS NULL OR EXISTS {
    MATCH way = (e)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(x IN relationships(way) WHERE x.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR EXISTS {
    MATCH (e)-[x:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND x.audience >= $level AND t.audience >= $level
  })
WITH e, COLLECT {
  MATCH (e)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level AND (s.public OR coalesce(e.consent_rest, e.consent) >= $level)
  WITH r ORDER BY r.uid RETURN [r.uid, r.source]
} AS held
WHERE size(e.also_known_as) + 1 > 2 AND size(held) > 1
RETURN e.uid AS uid, e.name AS name, e.also_known_as AS others, [h IN held | h[0]] AS records,
  [h IN held | h[1]] AS sources
ORDER BY size(others) DESC, uid LIMIT $most
