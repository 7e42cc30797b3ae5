// Which ties are mine, and what says so of what I may see?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level
OPTIONAL MATCH (f:Field)
WITH max(f.as_of) AS as_of
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)-[o:OBSERVED]-(x:Actor)
WITH as_of, i, x, o, (o.reporter = 'from' AND startNode(o) = i) OR (o.reporter = 'to' AND endNode(o) = i) AS mine
WHERE x <> i AND (o.audience >= $level OR mine)
MATCH (s:Source {slug: o.source})
OPTIONAL MATCH (r:Record {uid: o.record}) WHERE mine
OPTIONAL MATCH (n:Record {uid: CASE WHEN startNode(o) = i THEN o.to_record ELSE o.from_record END}) WHERE mine
WITH as_of, i, x, mine, o {.uid, .kind, .value, .weight, .reporter, .on, .until, .source, .audience,
    .answered_share, forward: startNode(o) = i, mine: mine, reliability: s.reliability,
    title: s.title, fields: r.fields, named: n.fields} AS said
ORDER BY said.uid
WITH as_of, i, x, collect(said) AS seen, max(CASE WHEN mine THEN 1 ELSE 0 END) = 1 AS spoken
WHERE x.consent >= $level OR spoken
RETURN toString(as_of) AS as_of, i.uid AS me, x.uid AS uid, x:Person AS person,
  CASE WHEN x.consent >= $level THEN 2 WHEN x.consent > 0 THEN 1 ELSE 0 END AS seen_as,
  CASE WHEN x.consent >= $level THEN x.name END AS name, seen
ORDER BY uid
