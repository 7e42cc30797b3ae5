// What lies behind each step of a route: label, kinds of evidence, how fresh, and who says so?
// $pairs: list of [string, string], uids of who asks and who is asked
// $step: string, the tie's property at the viewer's level
// $label: string, the tie's property at the viewer's level
// $kinds: string, the tie's property at the viewer's level
// $seen: string, the tie's property at the viewer's level
// $level: integer, the viewer's level
UNWIND $pairs AS pair
MATCH (a:Actor {uid: pair[0]})-[t:TIE]->(b:Actor {uid: pair[1]})
RETURN a.uid AS from_uid, b.uid AS to_uid, t[$step] AS step, t[$label] AS label, t[$kinds] AS kinds,
  toString(t[$seen]) AS last_seen,
  COLLECT {
    MATCH (a)-[o:OBSERVED]-(b) WHERE o.audience >= $level
    WITH DISTINCT o.source AS source ORDER BY source RETURN source
  } AS source_slugs
