// Is this the very graph that was read before? How much there is, and what touched the ties last.
CALL () { MATCH (n) RETURN count(n) AS things }
CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
OPTIONAL MATCH (t:Touched)
WITH things, relationships, t ORDER BY t.at DESC, t.uid LIMIT 1
RETURN things, relationships, t.uid AS touched
