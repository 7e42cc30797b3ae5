// Who can connect me? Walked on from the asker, who has the fewer ties, to everyone who can reach the one asked for.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $without: list of string, uids that may not be go-betweens
// $direct: boolean, whether the tie between the two may still be a route
// $hops: integer 1 to 4, most steps in a route
// $k: integer, how many routes, best first
// $floor: number, routes of a lower score are not wanted
// $best: number, no step at the end of many ties, past its go-between, is better
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $to}) MATCH (b:Actor {uid: $from})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, b, collect(e) AS ex, $floor / $best AS f
CALL (a, b, ex) {
  MATCH (x)-[t:TIE]->(a) WHERE t[$step] > 0 AND x <> b AND NOT x IN ex
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  RETURN collect(x) AS ring
}
CALL (a, b, ex, f, ring) {
  MATCH (b)-[t:TIE]->(a) WHERE $direct AND t[$step] > 0
  RETURN t[$step] AS score, t[$step] AS least, [b, a] AS way
  UNION ALL
  MATCH (b)-[t:TIE]->(x) WHERE $hops >= 2 AND t[$step] > 0 AND t[$step] >= f AND x IN ring
  MATCH (x)-[v:TIE]->(a)
  WITH a, b, x, t[$step] AS t, v[$step] AS v
  RETURN v * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 * t AS score, CASE WHEN t <= v THEN t ELSE v END AS least,
    [b, x, a] AS way
  UNION ALL
  MATCH (b)-[t:TIE]->(y) WHERE $hops >= 3 AND t[$step] > 0 AND 0.9 * t[$step] >= f AND y <> a AND NOT y IN ex
    AND y.consent >= $level AND coalesce(y.taking_requests, true)
  WITH a, b, f, ring, y, t[$step] AS t, t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  MATCH (y)-[u:TIE]->(x)
  WITH a, b, f, x, y, s, t, u WHERE x IN ring
  WITH a, b, f, x, y, s, t, u[$step] AS u WHERE u > 0 AND u * s >= f
  MATCH (x)-[v:TIE]->(a)
  WITH a, b, x, y, s, t, u, v[$step] AS v
  RETURN v * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 * u * s AS score,
    CASE WHEN t <= u AND t <= v THEN t WHEN u <= v THEN u ELSE v END AS least, [b, y, x, a] AS way
  UNION ALL
  CALL (a, b, ex, f) {
    MATCH (b)-[t:TIE]->(y) WHERE $hops >= 4 AND t[$step] > 0 AND 0.81 * t[$step] >= f AND y <> a AND NOT y IN ex
      AND y.consent >= $level AND coalesce(y.taking_requests, true)
    WITH a, b, ex, f, y, t[$step] AS t, t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (y)-[u:TIE]->(m) WHERE u[$step] > 0 AND 0.9 * u[$step] * s >= f AND m <> a AND m <> b AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true)
    WITH m, y, t, u[$step] AS u, u[$step] * s * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    RETURN m, collect([y, s, CASE WHEN t < u THEN t ELSE u END]) AS ends, max(s) AS most
  }
  MATCH (m)-[v:TIE]->(x)
  WITH a, b, f, m, ends, most, x, v WHERE x IN ring
  WITH a, b, m, ends, x, v[$step] AS v WHERE v > 0 AND v * most >= f
  MATCH (x)-[w:TIE]->(a)
  UNWIND ends AS end
  WITH a, b, m, x, end[0] AS y, end[1] AS s, end[2] AS t, v, w[$step] AS w WHERE x <> y
  RETURN w * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 * v * s AS score,
    CASE WHEN t <= v AND t <= w THEN t WHEN v <= w THEN v ELSE w END AS least, [b, y, m, x, a] AS way
}
WITH score, least, way WHERE score >= $floor
WITH round(score, 12) AS score, least, [n IN way | n.uid] AS uids
ORDER BY score DESC, least DESC, size(uids), uids LIMIT $k
RETURN uids, score, least
