// As of which day are the ties of a new graph?
// $as_of: string, date
// what the erased are known by gets its name here: the server keeps a new name though its transaction
// is taken back, and an erasure that is only rehearsed would have changed the graph's version
OPTIONAL MATCH (f:Field)
WITH f WHERE f IS NULL
MERGE (new:Field {uid: 'field', as_of: $as_of})
ON CREATE SET new.erased = ''
WITH new WHERE new.erased = ''
REMOVE new.erased
