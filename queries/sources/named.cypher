// How many people, organisations, places ... does this partner name?
// $slug: string
MATCH (r:Record {source: $slug})-[:DESCRIBES]->(e)
RETURN r.kind AS kind, count(DISTINCT e) AS things
ORDER BY kind
