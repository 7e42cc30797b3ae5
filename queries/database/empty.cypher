// Can we begin again with nothing but the model? (tests only: in batches, so that any size fits)
// $batch: integer, how many to delete in one go
MATCH (n)
WHERE NOT n:Migration
WITH n LIMIT $batch
DETACH DELETE n
RETURN count(n) AS deleted
