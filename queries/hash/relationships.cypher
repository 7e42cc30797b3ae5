// What stands between each two things, by the uids of its ends and all it holds?
// $without: list of string, labels that tell how the graph came about and not what it says
MATCH (a)-[x]->(b)
WHERE none(label IN labels(a) + labels(b) WHERE label IN $without)
RETURN type(x) AS type, labels(a) AS from_labels, coalesce(a.uid, a.slug, a.key) AS from,
       labels(b) AS to_labels, coalesce(b.uid, b.slug, b.key) AS to, properties(x) AS props
