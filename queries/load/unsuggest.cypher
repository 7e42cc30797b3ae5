// Which pairs of this kind does the comparison find no more?
// $kind: string; $uids: list of string, of those it does find
MATCH (c:Candidate {kind: $kind}) WHERE NOT c.uid IN $uids
DELETE c
RETURN count(*) AS gone
