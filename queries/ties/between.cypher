// How do these two stand to each other, and what says so?
// $from, $to: strings, uids of the two
// $me: string or null, a handle of the viewer, to whom their own answers are shown
// $level: integer, the viewer's level
OPTIONAL MATCH (f:Field)
WITH max(f.as_of) AS as_of
MATCH (a:Actor {uid: $from})
MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
WITH as_of, a, b, i, COLLECT {
  MATCH (a)-[o:OBSERVED]-(b)
  WITH o, startNode(o) = a AS forward,
    coalesce((o.reporter = 'from' AND startNode(o) = i) OR (o.reporter = 'to' AND endNode(o) = i), false) AS mine
  WHERE o.audience >= $level OR mine
  MATCH (s:Source {slug: o.source})
  OPTIONAL MATCH (r:Record {uid: o.record}) WHERE mine
  RETURN o {.uid, .kind, .value, .weight, .reporter, .on, .until, .source, .audience,
    .answered_share, .derived, forward: forward, mine: mine, reliability: s.reliability,
    title: s.title, fields: r.fields}
  ORDER BY o.uid
} AS seen
WITH as_of, a, b, i, seen, any(o IN seen WHERE o.mine) AS spoken
WHERE (a.consent >= $level OR coalesce(a = i, false) OR (a.consent > 0 AND spoken AND b = i))
  AND (b.consent >= $level OR coalesce(b = i, false) OR (b.consent > 0 AND spoken AND a = i))
RETURN toString(as_of) AS as_of, a.uid AS from_uid,
  CASE WHEN a.consent >= $level OR a = i THEN a.name ELSE 'somebody not shown' END AS from_name, a:Person AS from_person,
  b.uid AS to_uid,
  CASE WHEN b.consent >= $level OR b = i THEN b.name ELSE 'somebody not shown' END AS to_name, b:Person AS to_person,
  coalesce(a = i, false) AS from_me, coalesce(b = i, false) AS to_me, seen
