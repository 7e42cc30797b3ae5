// Who is on this route, is each tied to the next, and what have its two ends in common?
// $uids: list of string, uids from who asks to whom they wish to meet
// $me: string or null, uid of the viewer, who is always visible to themselves
// $own: list of string, uids of those the viewer is tied to, whoever else may see it
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
RETURN COLLECT {
  UNWIND $uids AS uid
  MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level OR x.uid = $me
  RETURN x {.uid, .name, person: x:Person, taking_requests: coalesce(x.taking_requests, true)}
} AS who,
COUNT {
  UNWIND range(0, size($uids) - 2) AS at
  WITH at WHERE (at = 0 AND $uids[1] IN $own) OR EXISTS {
    MATCH (:Actor {uid: $uids[at]})-[t:TIE]->(:Actor {uid: $uids[at + 1]}) WHERE t[$step] > 0
  }
  RETURN at
} AS steps,
COLLECT {
  MATCH (:Actor {uid: $uids[0]})-[w:WORKS_ON|BASED_IN|SERVES]->(shared:Theme|Place)
  WHERE w.audience >= $level AND shared.audience >= $level AND EXISTS {
    MATCH (z:Actor {uid: $uids[-1]})-[v:WORKS_ON|BASED_IN|SERVES]->(shared)
    WHERE v.audience >= $level
  }
  WITH DISTINCT coalesce(shared.label, shared.name) AS name ORDER BY name
  RETURN name
} AS shared
