// Who must not come back from now on?
// $keys: list of string; $at: date as text
UNWIND $keys AS key
MERGE (e:Erasure {key: key})
ON CREATE SET e.at = $at
