// Who leads, partners on or funds which project? In columns, some at a time.
// $level: integer, the viewer's level
MATCH (x:Actor)-[r:LEADS|PARTNERS_ON|FUNDS]->(j:Project)
WHERE r.audience >= $level AND x.consent >= $level AND j.audience >= $level
WITH left(j.uid, 4) AS part, x.uid AS here, type(r) AS verb, j.uid AS there, coalesce(r.source, '') AS source
RETURN collect(here) AS here, collect(verb) AS verb, collect(there) AS there, collect(source) AS source
