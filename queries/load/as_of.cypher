// As of which day are the ties, from now on? Until all are, `pending` says so.
// $as_of: date as text; $pending: boolean
MERGE (f:Field {uid: 'field'})
SET f.as_of = $as_of, f.pending = CASE WHEN $pending THEN true END
