// Which things does this source speak of that others speak of too, and what are they now?
// $slug: string
MATCH (r:Record {source: $slug})-[:DESCRIBES]->(n) USING INDEX r:Record(source)
WITH DISTINCT n
CALL (n) {
  MATCH (n)<-[:DESCRIBES]-(o:Record)
  WHERE o.source <> $slug
  RETURN collect(o.uid) AS others
}
WITH n, others
WHERE size(others) > 0
RETURN others, properties(n) AS props, labels(n) AS labels
