// Of what was the last comparison of this kind, and what did it find?
// $uid: string, of the comparison
MATCH (c:Candidate {uid: $uid})
RETURN c.evidence AS evidence, c.found AS found, c.at AS at
