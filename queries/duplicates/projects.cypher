// Which projects are there, what do they write of themselves, and when do they run? In columns.
// $after: string, uid of the project to begin behind
// $limit: integer, how many projects at once
// $level: integer, the viewer's level
MATCH (j:Project) WHERE j.uid > $after AND j.audience >= $level
WITH j ORDER BY j.uid LIMIT $limit
RETURN [
  collect(j.uid),
  collect(coalesce(j.description, '')),
  collect(coalesce(toString(j.starts), '')),
  collect(coalesce(toString(j.ends), ''))
] AS columns
