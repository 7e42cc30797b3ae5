// Which organisations are there to compare, and by what?
// $after: string, uid to begin behind
// $limit: integer, how many at once
// $level: integer, the viewer's level
MATCH (o:Organisation) WHERE o.uid > $after AND o.consent >= $level
WITH o ORDER BY o.uid LIMIT $limit
RETURN o.uid AS uid, o.name AS name, coalesce(o.also_known_as, []) AS others, o.url AS web,
  COLLECT {
    MATCH (o)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
    WHERE (s.audience >= $level AND (s.public OR coalesce(o.consent_rest, o.consent) >= $level))
      OR (r.source STARTS WITH 'own-word:' AND r.uid STARTS WITH r.source + ':added/')
    WITH r ORDER BY r.source STARTS WITH 'own-word:', r.uid RETURN r.uid
  } AS records,
  EXISTS {
    MATCH (o)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
    WHERE r.branch AND s.audience >= $level
      AND (s.public OR coalesce(o.consent_rest, o.consent) >= $level)
  } AS branch,
  COLLECT {
    MATCH (o)-[x:BASED_IN]->(p:Place) WHERE x.audience >= o.consent AND p.audience >= o.consent
    WITH DISTINCT p.name AS place WHERE place IS NOT NULL ORDER BY place RETURN place
  } AS places,
  COLLECT {
    MATCH (o)<-[:DESCRIBES]-(r:Record)-[:IDENTIFIED_BY]->(i:Identifier)
    MATCH (s:Source {slug: r.source}) WHERE s.audience >= o.consent
      AND (s.public OR coalesce(o.consent_rest, o.consent) >= o.consent)
    WITH DISTINCT i.uid AS id ORDER BY id RETURN id
  } AS ids,
  COLLECT {
    MATCH (o)-[x:PART_OF]-(p:Organisation) WHERE x.audience >= $level AND p.consent >= $level
    RETURN DISTINCT p.uid
  } AS apart
