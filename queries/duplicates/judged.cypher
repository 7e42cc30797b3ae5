// What has been decided about these records?
// $uids: list of string, uids of records
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (j:Judgement {left: uid}) WHERE j.right IN $uids
MATCH (:Record {uid: j.left})-[:DESCRIBES]->(one)
MATCH (:Record {uid: j.right})-[:DESCRIBES]->(other)
WHERE coalesce(one.consent, one.audience) >= $level
  AND coalesce(other.consent, other.audience) >= $level
WITH j ORDER BY toString(j.at), j.uid
RETURN j.left AS left, j.right AS right, j.kind AS kind, j.verdict AS verdict
