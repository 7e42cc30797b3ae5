// Which things does this source speak of that others speak of too, and what are they now?
// $slug: string
MATCH (r:Record {source: $slug})-[:DESCRIBES]->(n)
USING INDEX r:Record(source)
WITH DISTINCT n
MATCH (n)<-[:DESCRIBES]-(o:Record)
WHERE o.source <> $slug
WITH n, collect(o.uid) AS others, min(o.kind) AS kind
RETURN kind, others, properties(n) AS props, labels(n) AS labels
