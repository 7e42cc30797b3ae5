// Who says this, and which file of theirs is coming in?
// $slug: string; $source: map, the Source's properties; $uid: string; $load: map, the Load's properties
MERGE (s:Source {slug: $slug})
ON CREATE SET s += $source
MERGE (l:Load {uid: $uid})
ON CREATE SET l += $load
RETURN l.rows AS rows, l.state AS state, properties(s) AS source
