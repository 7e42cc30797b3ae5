// To what am I said to belong, what do I work on, where am I, and who says so?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: of what one may not see, the name is not told
// $least: integer, 0 for oneself; for a steward 1: what only the person may see is left out
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)-[x]-(o)
WHERE NOT type(x) IN ['OBSERVED', 'TIE', 'DESCRIBES'] AND coalesce(x.audience, 4) >= $least
  AND coalesce(o.consent, o.audience) >= $least
MATCH (s:Source {slug: x.source})
RETURN type(x) AS verb, startNode(x) = i AS from_me,
  CASE WHEN coalesce(o.consent, o.audience) >= $level THEN coalesce(o.name, o.title, o.label) END AS other,
  x.role AS role, toString(x.from) AS from, toString(x.to) AS to, x.audience AS audience, s.title AS source
ORDER BY verb, other, source
