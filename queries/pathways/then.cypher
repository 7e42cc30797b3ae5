// What had been recorded of these actors' ties by a day, of what the viewer may see?
// $uids: list of string, uids of actors
// $day: string, date: what is dated later is left out
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (a:Actor {uid: uid})-[o:OBSERVED]-(b:Actor)
WHERE a <> b AND o.audience >= $level AND b.consent >= $level
  AND (o.on IS NULL OR toString(o.on) <= $day)
MATCH (s:Source {slug: o.source})
WITH a, b, collect(o {.uid, .kind, .value, .weight, .reporter, .on, .until, .source, .audience,
  .answered_share, forward: startNode(o) = a, reliability: s.reliability}) AS seen
RETURN a.uid AS a, b.uid AS b, b:Person AS person, NOT coalesce(b.taking_requests, true) AS closed, seen
