// Which pairs of this kind stand as candidates, and how sure are they?
// $kind: string
MATCH (c:Candidate {kind: $kind}) WHERE c.left IS NOT NULL
RETURN c.uid AS uid, c.evidence AS evidence
