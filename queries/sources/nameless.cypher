// Which ids does a source speak of that no row gives a name to?
// $slug: string, of the source
// $most: integer, how many of the ids to show
MATCH (r:Record {source: $slug})-[:DESCRIBES]->(n)
USING INDEX r:Record(source)
WHERE coalesce(n.name, n.title, n.label) IS NULL
OPTIONAL MATCH (r)-[:IDENTIFIED_BY]->(i:Identifier)
WITH n, min(i.uid) AS id ORDER BY id
RETURN count(n) AS things, collect(id)[..$most] AS ids
