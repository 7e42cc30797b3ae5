// What was said of these two records, by the hash of both?
// $uid: string
MATCH (j:Judgement {uid: $uid})
RETURN j.verdict AS verdict, j.why AS why, j.by AS by, j.at AS at
