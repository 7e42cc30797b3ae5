// Is anything in the graph already, beside what every installed model leaves there?
MATCH (n)
WHERE NOT n:Migration AND NOT n:Field
RETURN labels(n) AS labels
LIMIT 1
