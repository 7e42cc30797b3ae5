// What does a person say of these two records? Null takes it back.
// $uid, $left, $right: strings; $verdict, $by, $why: string or null
MERGE (j:Judgement {uid: $uid})
SET j.left = $left, j.right = $right, j.verdict = $verdict, j.by = $by, j.why = $why
WITH j
WHERE $verdict IS NULL
DELETE j
