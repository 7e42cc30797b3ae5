// Whom did shared membership of these bodies tie? Take it off.
// $rows: list of strings: how the uids of one body's evidence begin
CYPHER replan=skip
UNWIND $rows AS prefix
MATCH (a)-[x:OBSERVED]->(b) USING INDEX SEEK x:OBSERVED(uid)
WHERE x.uid STARTS WITH prefix
WITH x, a.uid AS a, b.uid AS b
DELETE x
RETURN a, b
