// Which people are there to compare, and by what? For stewards alone.
// $after: string, uid to begin behind
// $limit: integer, how many at once
// $level: integer, the viewer's level
MATCH (p:Person) WHERE p.uid > $after AND p.consent >= $level
WITH p ORDER BY p.uid LIMIT $limit
RETURN p.uid AS uid, p.name AS name, coalesce(p.also_known_as, []) AS others,
  COLLECT {
    MATCH (p)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
    WHERE (s.audience >= $level AND (s.public OR coalesce(p.consent_rest, p.consent) >= $level))
      OR (r.source STARTS WITH 'own-word:' AND r.uid STARTS WITH r.source + ':added/')
    WITH r ORDER BY r.source STARTS WITH 'own-word:', r.uid RETURN r.uid
  } AS records,
  false AS branch,
  COLLECT {
    MATCH (p)-[x:BASED_IN]->(l:Place) WHERE x.audience >= $level AND l.audience >= $level
    WITH DISTINCT l.name AS place WHERE place IS NOT NULL ORDER BY place RETURN place
  } AS places,
  COLLECT {
    MATCH (p)-[x:WORKS_FOR|LEADS|MEMBER_OF|ADVISES]->(o:Organisation)
    WHERE x.audience >= $level AND o.consent >= $level
    WITH DISTINCT o.name AS body WHERE body IS NOT NULL ORDER BY body RETURN body
  } AS bodies,
  [] AS apart
