// Whom of those I have spoken of is meant by this id or name?
// $me: string, a handle of the viewer; $text: string, an id or a name in small letters
// $level: integer, the viewer's level: of whom one has spoken oneself is known at any but 0
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)-[o:OBSERVED]-(x:Actor)
WHERE ((o.reporter = 'from' AND startNode(o) = i) OR (o.reporter = 'to' AND endNode(o) = i))
  AND x.consent > 0 AND $level >= 1
  AND (toLower(x.name) = $text OR x.uid = $text OR EXISTS { (x)<-[:DESCRIBES]-(:Record {handle: $text}) })
RETURN DISTINCT x.uid AS uid, x.name AS name, CASE WHEN x:Person THEN 'person' ELSE 'organisation' END AS kind
ORDER BY uid
