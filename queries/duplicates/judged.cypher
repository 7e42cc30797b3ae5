// What has been decided about these records, and what do they say now?
// $uids: list of string, uids of records
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (j:Judgement {left: uid}) WHERE j.right IN $uids
MATCH (left:Record {uid: j.left})-[:DESCRIBES]->(one)
MATCH (right:Record {uid: j.right})-[:DESCRIBES]->(other)
WHERE coalesce(one.consent, one.audience) >= $level
  AND coalesce(other.consent, other.audience) >= $level
WITH j, [r IN [left, right] | [r.uid, r.kind, r.fields,
  [(r)-[:IDENTIFIED_BY]->(i) | i.uid], coalesce(r.branch, false)]] AS held
ORDER BY toString(j.at), j.uid
RETURN j.left AS left, j.right AS right, j.kind AS kind, j.verdict AS verdict, j.by AS by,
  j.why AS why, j.evidence AS evidence, held
