// Whom have these asked for introductions?
// $handles: list of string, ids that they had
MATCH (k:Ask)
WHERE k.by IN $handles OR k.to IN $handles
MATCH (:Record {handle: k.of})-[:DESCRIBES]->(x:Person)
RETURN DISTINCT x.uid AS uid
