// Which pairs of this kind does the comparison at this level find no more?
// $kind: string; $level: integer, the viewers' level; $uids: list of string, of those it does find
MATCH (c:Candidate {kind: $kind}) WHERE coalesce(c.level, $level) = $level AND NOT c.uid IN $uids
DELETE c
RETURN count(*) AS gone
