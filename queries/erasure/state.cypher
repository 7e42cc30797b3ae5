// How many keys are held of those who must not come back, and is one of them another than it was?
CYPHER replan=skip
MATCH (e:Erasure)
WITH count(e) AS many
OPTIONAL MATCH (f:Field)
RETURN many, f.erased AS digest
