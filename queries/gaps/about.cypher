// What is where, works on what, offers what and asks for what? In columns, some at a time.
// $level: integer, the viewer's level
MATCH (n:Actor|Project)-[r:SERVES|BASED_IN|WORKS_ON|OFFERS|ASKS_FOR]->(m:Place|Theme)
WHERE r.audience >= $level AND coalesce(n.consent, n.audience) >= $level AND m.audience >= $level
WITH left(n.uid, 4) AS part, n.uid AS here, type(r) AS verb, m.uid AS there, coalesce(r.source, '') AS source
RETURN collect(here) AS here, collect(verb) AS verb, collect(there) AS there, collect(source) AS source
