// What does a person say of these two records?
// $uid, $left, $right, $verdict: strings; $by, $why: string or null
MERGE (j:Judgement {uid: $uid})
SET j.left = $left, j.right = $right, j.verdict = $verdict, j.by = $by, j.why = $why
