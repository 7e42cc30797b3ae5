// How many of each thing are there, and of each kind of what stands between two of them?
MATCH (n)
UNWIND labels(n) AS name
RETURN name, count(*) AS number
UNION ALL
MATCH ()-[x]->()
RETURN type(x) AS name, count(*) AS number
