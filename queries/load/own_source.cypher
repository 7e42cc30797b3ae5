// Whose own words are these, and who else may add to them before this is done? Nobody.
// $slug: string; $source: map, the Source's properties where it is new
MERGE (s:Source {slug: $slug})
ON CREATE SET s += $source
SET s.lock = true
REMOVE s.lock
RETURN coalesce(s.leaving, false) AS leaving
