// Who is there: which people work for, lead or belong to this organisation?
// $organisation: string, its uid
// $most: integer, how many at most
// $level: integer, the viewer's level
OPTIONAL MATCH (f:Field)
WITH coalesce(toString(f.as_of), '') AS today
MATCH (o:Organisation {uid: $organisation}) WHERE o.consent >= $level
MATCH (x:Person)-[r:WORKS_FOR|MEMBER_OF|LEADS]->(o)
WHERE r.audience >= $level AND x.consent >= $level AND (r.to IS NULL OR toString(r.to) >= today)
WITH DISTINCT x ORDER BY x.uid LIMIT $most
RETURN x.uid AS uid, x.name AS name
