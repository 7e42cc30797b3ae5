// Who is there? In columns, some at a time.
// $level: integer, the viewer's level
MATCH (x:Actor) WHERE x.consent >= $level
WITH left(x.uid, 4) AS part, x
RETURN collect(x.uid) AS uid, collect(coalesce(x.name, x.uid)) AS name, collect(x:Person) AS person
