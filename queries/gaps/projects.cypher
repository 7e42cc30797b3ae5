// Which projects are there, when, how many did they reach and what was learnt? In columns, some at a time.
// $level: integer, the viewer's level
MATCH (j:Project) WHERE j.audience >= $level
WITH left(j.uid, 4) AS part, j
RETURN collect(j.uid) AS uid, collect(coalesce(j.title, j.uid)) AS title,
  collect(coalesce(toString(j.starts), '')) AS starts, collect(coalesce(toString(j.ends), '')) AS ends,
  collect(coalesce(j.status, '')) AS status, collect(coalesce(j.reached, 0)) AS reached,
  collect(coalesce(j.lessons, '')) AS lessons
