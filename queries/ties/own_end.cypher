// Whom of those I have spoken of is meant by this id or name?
// $me: string, a handle of the viewer; $text: string, an id or a name in small letters
// $level: integer, the viewer's level: of whom one has spoken oneself is known at any but 0
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)-[o:OBSERVED]-(x:Actor)
WHERE ((o.reporter = 'from' AND startNode(o) = i) OR (o.reporter = 'to' AND endNode(o) = i))
  AND x.consent > 0 AND $level >= 1
MATCH (n:Record {uid: CASE WHEN startNode(o) = i THEN o.to_record ELSE o.from_record END})
WITH x, n.handle = $text OR toLower(n.fields) CONTAINS '"name":"' + $text + '"' AS as_then
WHERE as_then OR x.uid = $text OR (x.consent >= $level AND toLower(x.name) = $text)
RETURN DISTINCT x.uid AS uid, x.consent >= $level AS seen,
  CASE WHEN x:Person THEN 'person' ELSE 'organisation' END AS kind
ORDER BY uid
