// Of which source is nothing left? It and its journal go; before this ends nobody says more.
// $slug: string
MATCH (s:Source {slug: $slug})
SET s.lock = true
WITH s
WHERE NOT EXISTS { (r:Record {source: $slug}) }
OPTIONAL MATCH (l:Load {source: $slug})
DELETE l, s
