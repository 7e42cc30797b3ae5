// Nobody connects them: which two, one near each end and not tied, share the most themes and places?
// $from: string, uid of the one who asks
// $targets: list of string, uids
// $me: string or null, uid of the viewer, who is always visible to themselves
// $near: integer, how many of each end's strongest ties count as near
// $step: string, the step at the viewer's level
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) WHERE a.consent >= $level OR a.uid = $me
MATCH (b:Actor) WHERE b.uid IN $targets AND b.consent >= $level
WITH a, collect(b) AS bs
CALL (a, bs) {
  RETURN a AS l, 0 AS i
  UNION
  MATCH (a)-[t:TIE]->(x) WHERE t[$step] > 0 AND NOT x IN bs
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH x, t[$step] AS s ORDER BY s DESC, x.uid LIMIT $near
  RETURN x AS l, 1 AS i
}
MATCH (l)-[w:WORKS_ON|BASED_IN|SERVES]->(shared:Theme|Place)
WHERE w.audience >= $level AND shared.audience >= $level
WITH DISTINCT a, bs, l, i, shared
WITH a, bs, shared, collect([l, i]) AS lefts
CALL (a, bs) {
  UNWIND bs AS b RETURN b AS r, 0 AS j
  UNION
  UNWIND bs AS b
  MATCH (x)-[t:TIE]->(b) WHERE t[$step] > 0 AND x <> a AND NOT x IN bs
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH x, max(t[$step]) AS s ORDER BY s DESC, x.uid LIMIT $near
  RETURN x AS r, 1 AS j
}
WITH shared, lefts, r, j WHERE EXISTS {
  MATCH (r)-[v:WORKS_ON|BASED_IN|SERVES]->(shared) WHERE v.audience >= $level
}
UNWIND lefts AS left
WITH left[0] AS l, left[1] AS i, r, j, shared
WHERE l <> r AND NOT EXISTS { MATCH (l)-[t:TIE]->(r) WHERE t[$step] > 0 }
WITH l, i, r, j, collect(DISTINCT coalesce(shared.label, shared.name)) AS both
ORDER BY size(both) DESC, i + j, l.uid, r.uid LIMIT 1
UNWIND both AS thing
WITH l, r, thing ORDER BY thing
RETURN l.uid AS left_uid, l.name AS left_name, r.uid AS right_uid, r.name AS right_name,
  collect(thing) AS shared
