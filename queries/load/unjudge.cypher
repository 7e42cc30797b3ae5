// Which word on two records is taken back?
// $uid: string
MATCH (j:Judgement {uid: $uid})
DELETE j
