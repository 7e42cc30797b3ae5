// Can we begin again with nothing? (tests only: a batch at a time, so that any size fits in memory)
// $batch: integer, how many to delete in one go
MATCH (n)
WITH n LIMIT $batch
DETACH DELETE n
RETURN count(n) AS deleted
