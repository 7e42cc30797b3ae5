// What is each thing, by its label, its uid and all it holds?
// $without: list of string, labels that tell how the graph came about and not what it says
MATCH (n)
WHERE none(label IN labels(n) WHERE label IN $without)
RETURN labels(n) AS labels, properties(n) AS props
