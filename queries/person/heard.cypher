// Of what kind is what others have said of my ties? What it was is theirs.
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: of whom one may not see, the name is not told
// $least: integer, 0 for oneself; for a steward 1: what only the person may see is left out
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)-[o:OBSERVED]-(x:Actor)
WHERE NOT ((o.reporter = 'from' AND startNode(o) = i) OR (o.reporter = 'to' AND endNode(o) = i))
  AND coalesce(o.audience, 4) >= $least AND x.consent >= $least
MATCH (s:Source {slug: o.source})
WITH o, s, x, o.source STARTS WITH 'own-word:' AS own
RETURN o.kind AS kind, toString(o.on) AS on, toString(o.until) AS until,
  CASE WHEN NOT own AND x.consent >= $level THEN x.name END AS whom,
  CASE WHEN own THEN 'the own word of somebody' ELSE s.title END AS source
ORDER BY kind, on, source, whom
