// Which pairs of this kind stand as candidates at this level, and how sure are they?
// $kind: string; $level: integer, the viewers' level
MATCH (c:Candidate {kind: $kind, level: $level}) WHERE c.left IS NOT NULL
RETURN c.uid AS uid, c.evidence AS evidence
