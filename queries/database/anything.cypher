// Is anything in the graph already?
MATCH (n)
RETURN labels(n) AS labels
LIMIT 1
