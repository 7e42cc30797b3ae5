// Who must not come back from now on?
// $keys: list of string; $at: date as text; $digest: string, of all keys that are held then
MERGE (f:Field {uid: 'field'})
SET f.erased = $digest
WITH f
UNWIND $keys AS key
MERGE (e:Erasure {key: key})
ON CREATE SET e.at = $at
