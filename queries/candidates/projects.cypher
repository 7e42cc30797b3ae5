// Which projects are there to compare, and by what?
// $after: string, uid to begin behind
// $limit: integer, how many at once
// $level: integer, the viewer's level
MATCH (j:Project) WHERE j.uid > $after AND j.audience >= $level
WITH j ORDER BY j.uid LIMIT $limit
RETURN j.uid AS uid, j.title AS name, j.description AS description, toString(j.starts) AS starts,
  toString(j.amount) AS amount, false AS branch,
  COLLECT {
    MATCH (j)<-[:DESCRIBES]-(r:Record) MATCH (s:Source {slug: r.source})
    WHERE (s.audience >= $level AND (s.public OR coalesce(j.audience) >= $level))
      OR (r.source STARTS WITH 'own-word:' AND r.uid STARTS WITH r.source + ':added/')
    WITH r ORDER BY r.source STARTS WITH 'own-word:', r.uid RETURN r.uid
  } AS records,
  COLLECT {
    MATCH (x:Actor)-[l:LEADS]->(j) WHERE l.audience >= j.audience AND x.consent >= j.audience
    WITH DISTINCT x.name AS lead WHERE lead IS NOT NULL ORDER BY lead RETURN lead
  } AS leads,
  COLLECT {
    MATCH (x:Actor)-[f:FUNDS]->(j) WHERE f.audience >= j.audience AND x.consent >= j.audience
    WITH DISTINCT x.name AS funder WHERE funder IS NOT NULL ORDER BY funder RETURN funder
  } AS funders,
  COLLECT {
    MATCH (j)-[s:SERVES]->(p:Place) WHERE s.audience >= j.audience AND p.audience >= j.audience
    WITH DISTINCT p.name AS place WHERE place IS NOT NULL ORDER BY place RETURN place
  } AS places,
  COLLECT {
    MATCH (j)-[f:FOLLOWS]-(k:Project) WHERE f.audience >= $level AND k.audience >= $level
    RETURN DISTINCT k.uid
  } AS apart
