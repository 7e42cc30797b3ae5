// Which notes of what was touched are of no more use? Whoever has not read them reads all anew.
// $days: integer, older ones go
MATCH (n:Touched) WHERE n.at < timestamp() - $days * 86400000
DELETE n
