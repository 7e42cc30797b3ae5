// Which things carry this registered number?
// $id: string, an identifier such as GB-CHC-1090095
// $level: integer, the viewer's level
MATCH (i:Identifier {uid: $id})<-[:IDENTIFIED_BY]-(r:Record)-[:DESCRIBES]->(n)
MATCH (s:Source {slug: r.source})
WHERE s.audience >= $level AND coalesce(n.consent, n.audience) >= $level
  AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
WITH DISTINCT n
RETURN n.uid AS uid, coalesce(n.name, n.title, n.label) AS name,
  CASE WHEN n:Person THEN 'person' WHEN n:Network THEN 'network'
    WHEN n:Organisation THEN 'organisation' WHEN n:Project THEN 'project'
    WHEN n:Place THEN 'place' ELSE 'theme' END AS kind
ORDER BY name, uid
