// Of which source is nothing left?
// $slug: string
MATCH (s:Source {slug: $slug})
WHERE NOT EXISTS { (r:Record {source: $slug}) }
DELETE s
