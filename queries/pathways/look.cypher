// Who can connect me? A first look, past the strongest ties: as good as these at least is what comes of reading on.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $direct: boolean, whether the tie between the two may still be a route
// $without: list of string, uids that may not be go-betweens
// $hops: integer 1 to 4, most steps in a route
// $k: integer, how many routes, best first
// $strongest: integer, how many of each end's strongest ties are looked at
// $few: integer, how many of the end with fewer ties are walked from as far as the other's
// $hub: integer, ties; past actors of so many one does not look
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, b, collect(e) AS ex
CALL (a, b, ex) {
  MATCH (a)-[t:TIE]->(x) WHERE t[$step] > 0 AND x <> b AND NOT x IN ex
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH x, t[$step] AS t, t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  ORDER BY s DESC
  RETURN collect(x) AS near, max(t) AS near_step, max(s) AS near_best, collect([x, t, s])[..$strongest] AS firsts
}
CALL (a, b, ex) {
  MATCH (y)-[t:TIE]->(b) WHERE t[$step] > 0 AND y <> a AND NOT y IN ex
    AND y.consent >= $level AND coalesce(y.taking_requests, true)
  WITH y, t[$step] AS t, t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  ORDER BY s DESC
  RETURN collect(y) AS far, max(t) AS far_step, max(s) AS far_best, collect([y, t, s])[..$strongest] AS lasts
}
CALL (a, b, ex, near, far, firsts, lasts) {
  CALL (a, b, ex, near, far, firsts, lasts) {
    MATCH (a)-[t:TIE]->(b) WHERE $direct AND t[$step] > 0
    RETURN t[$step] AS score, [a, b] AS way
    UNION ALL
    UNWIND firsts AS first
    WITH b, far, first, first[0] AS x WHERE $hops >= 2 AND x IN far
    MATCH (x)-[t:TIE]->(b)
    RETURN first[2] * t[$step] AS score, [a, x, b] AS way
    UNION ALL
    UNWIND firsts AS first
    WITH a, b, near, far, first, first[0] AS x WHERE $hops >= 3 AND (size(near) < $hub <= size(far) OR COUNT { (x)-[:TIE]->() } < $hub)
    MATCH (x)-[u:TIE]->(y)
    WITH a, b, first, x, u, y WHERE y IN far AND u[$step] > 0
    MATCH (y)-[t:TIE]->(b)
    RETURN first[2] * u[$step] * t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS score,
      [a, x, y, b] AS way
    UNION ALL
    UNWIND lasts AS last
    WITH a, b, near, far, last, last[0] AS y WHERE $hops >= 3 AND (size(far) < $hub <= size(near) OR COUNT { ()-[:TIE]->(y) } < $hub)
    MATCH (x)-[u:TIE]->(y)
    WITH a, b, last, x, u, y WHERE x IN near AND u[$step] > 0
    MATCH (a)-[t:TIE]->(x)
    RETURN last[2] * u[$step] * t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS score,
      [a, x, y, b] AS way
    UNION ALL
    UNWIND CASE WHEN size(near) <= size(far) THEN firsts[..$few] ELSE [] END AS first
    WITH a, b, ex, far, first, first[0] AS x WHERE $hops >= 4 AND COUNT { (x)-[:TIE]->() } < $hub
    MATCH (x)-[u:TIE]->(m) WHERE u[$step] > 0 AND m <> a AND m <> b AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true) AND COUNT { (m)-[:TIE]->() } < $hub
    WITH a, b, far, x, m, first[2] * u[$step] * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (m)-[v:TIE]->(y)
    WITH a, b, x, m, y, s, v WHERE y IN far AND y <> x AND v[$step] > 0
    MATCH (y)-[t:TIE]->(b)
    RETURN s * v[$step] * t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS score,
      [a, x, m, y, b] AS way
    UNION ALL
    UNWIND CASE WHEN size(near) > size(far) THEN lasts[..$few] ELSE [] END AS last
    WITH a, b, ex, near, last, last[0] AS y WHERE $hops >= 4 AND COUNT { ()-[:TIE]->(y) } < $hub
    MATCH (m)-[u:TIE]->(y) WHERE u[$step] > 0 AND m <> a AND m <> b AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true) AND COUNT { ()-[:TIE]->(m) } < $hub
    WITH a, b, near, y, m, last[2] * u[$step] * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (x)-[v:TIE]->(m)
    WITH a, b, x, m, y, s, v WHERE x IN near AND x <> y AND v[$step] > 0
    MATCH (a)-[t:TIE]->(x)
    RETURN s * v[$step] * t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS score,
      [a, x, m, y, b] AS way
  }
  WITH score, way ORDER BY score DESC LIMIT $k
  RETURN collect([score, [n IN way | n.uid]]) AS routes
}
RETURN near_step, near_best, far_step, far_best, routes
