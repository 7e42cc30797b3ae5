// As of which day are the ties of a new graph?
// $as_of: string, date
OPTIONAL MATCH (f:Field)
WITH f WHERE f IS NULL
MERGE (:Field {uid: 'field', as_of: $as_of})
