// Who works for, leads, belongs to or is part of which organisation? In columns, some at a time.
// $level: integer, the viewer's level
MATCH (x:Actor)-[r:WORKS_FOR|LEADS|MEMBER_OF|PART_OF]->(o:Organisation)
WHERE r.audience >= $level AND x.consent >= $level AND o.consent >= $level
WITH left(x.uid, 4) AS part, x.uid AS here, type(r) AS verb, o.uid AS there, coalesce(r.source, '') AS source
RETURN collect(here) AS here, collect(verb) AS verb, collect(there) AS there, collect(source) AS source
