// This very file was fetched again: since when is it known to be what the partner says?
// $uid: string, of the load; $retrieved: date as text
MATCH (l:Load {uid: $uid})
WHERE $retrieved > coalesce(l.retrieved, '')
SET l.retrieved = $retrieved
