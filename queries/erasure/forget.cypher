// What else is kept of these? Judgements, likenesses, requests, notes of what was touched: they go.
// $uids: list of record uids; $handles: list of string, ids that they had
MATCH (n:Judgement|Retraction|Candidate|Ask|Touched)
WHERE (n:Judgement|Retraction|Candidate AND (n.left IN $uids OR n.right IN $uids))
  OR (n:Ask AND (n.of IN $handles OR n.by IN $handles OR n.to IN $handles))
  OR (n:Touched AND any(id IN coalesce(n.pairs, []) + coalesce(n.actors, []) WHERE id IN $handles))
DELETE n
