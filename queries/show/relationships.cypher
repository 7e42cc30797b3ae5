// How many are at the other end of what is stated of this?
// $uid: string, of the thing
// $level: integer, the viewer's level
MATCH (:Record {handle: $uid})-[:DESCRIBES]->(n)
WHERE coalesce(n.consent, n.audience) >= $level
MATCH (n)-[x]-(m)
WHERE NOT type(x) IN ['DESCRIBES', 'OBSERVED', 'TIE'] AND x.audience >= $level
  AND coalesce(m.consent, m.audience) >= $level
RETURN type(x) AS verb, startNode(x) = n AS begins, count(DISTINCT m) AS others, count(x) AS times
ORDER BY verb, begins DESC
