// Between whom has anything been observed?
MATCH (a:Actor)-[:OBSERVED]->(b:Actor)
WHERE a <> b
RETURN DISTINCT a.uid AS a, b.uid AS b
