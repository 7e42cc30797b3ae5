// Who says this, and which file of theirs is coming in? Nobody else of the source moves.
// $slug: string; $source: map, the Source's properties; $uid: string; $load: map, the Load's properties
MERGE (s:Source {slug: $slug})
ON CREATE SET s += $source
SET s.lock = true
REMOVE s.lock
MERGE (l:Load {uid: $uid})
ON CREATE SET l += $load
RETURN properties(s) AS source
