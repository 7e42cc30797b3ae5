// What has been said of these records being one thing or not?
// $uids: list of record uids
CYPHER replan=skip
UNWIND $uids AS uid
CALL (uid) {
  MATCH (j:Judgement {left: uid}) USING INDEX SEEK j:Judgement(left)
  RETURN j
  UNION
  MATCH (j:Judgement {right: uid}) USING INDEX SEEK j:Judgement(right)
  RETURN j
}
WITH DISTINCT j
WHERE j.verdict IN ['same', 'different']
RETURN j.left AS left, j.right AS right, j.verdict AS verdict
