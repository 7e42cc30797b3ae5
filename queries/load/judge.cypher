// What does a person say of these two records?
// $uid: string; $said: map, the Judgement's other properties
MERGE (j:Judgement {uid: $uid})
SET j += $said
