// Which word on two records is about to be taken back? Whoever follows what is said hears of it.
// $uid: string, of the judgement; $by: string, who takes it back; $at: string, a moment
MATCH (j:Judgement {uid: $uid})
CREATE (:Retraction {uid: randomUUID(), left: j.left, right: j.right, kind: j.kind, verdict: j.verdict,
  evidence: j.evidence, by: $by, at: $at})
