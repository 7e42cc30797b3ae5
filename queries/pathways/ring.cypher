// Who can connect me? Walked back from the one asked for, who has the fewer ties, to everyone the asker knows.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $without: list of string, uids that may not be go-betweens
// $direct: boolean, whether the tie between the two may still be a route
// $hops: integer 1 to 4, most steps in a route
// $k: integer, how many routes, best first
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, b, collect(e) AS ex
CALL (a, b, ex) {
  MATCH (a)-[t:TIE]->(x) WHERE x <> b AND NOT x IN ex
  WITH x, t[$step] AS s WHERE s > 0
  RETURN collect(x) AS ring, max(s) AS best
}
CALL (a, b, ring) {
  CALL (a, b, ring) {
    MATCH (a)-[t:TIE]->(b) WHERE $direct AND t[$step] > 0
    RETURN [round(t[$step], 12), t[$step], [a, b]] AS q
    UNION ALL
    MATCH (x)-[t:TIE]->(b) WHERE $hops >= 2 AND t[$step] > 0 AND x IN ring
      AND x.consent >= $level AND coalesce(x.taking_requests, true)
    MATCH (a)-[v:TIE]->(x)
    WITH a, b, x, t[$step] AS s, v[$step] AS v, CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS e
    RETURN [round(v*e*0.9*s, 12), CASE WHEN v < s THEN v ELSE s END, [a, x, b]] AS q
  }
  WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
  RETURN collect(q) AS c
}
WITH a, b, ex, ring, best, c, CASE WHEN size(c) = $k THEN (c[$k-1][0] - 1e-12) / best ELSE 0.0 END AS f
CALL (a, b, ex, ring, c, f) {
  CALL (a, b, ex, ring, c, f) {
    UNWIND c AS q RETURN q
    UNION ALL
    MATCH (y)-[t:TIE]->(b) WHERE $hops >= 3 AND t[$step] > 0 AND t[$step] >= f/0.81 AND y <> a AND NOT y IN ex
      AND y.consent >= $level AND coalesce(y.taking_requests, true)
    WITH a, b, ring, f, y, t[$step] AS t, t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END AS s
    WHERE s >= f/0.81
    MATCH (x)-[u:TIE]->(y) WHERE u[$step] > 0 AND u[$step] * s >= f/0.81 AND x IN ring
      AND x.consent >= $level AND coalesce(x.taking_requests, true)
    WITH a, b, x, y, t, u[$step] AS u, s
    MATCH (a)-[v:TIE]->(x)
    WITH a, b, x, y, s, t, u, v[$step] AS v, CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS e
    RETURN [round(v*e*0.9*u*0.9*s, 12),
      CASE WHEN t < u AND t < v THEN t WHEN u < v THEN u ELSE v END, [a, x, y, b]] AS q
  }
  WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
  RETURN collect(q) AS c3
}
WITH a, b, ex, ring, best, c3, CASE WHEN size(c3) = $k THEN (c3[$k-1][0] - 1e-12) / best ELSE 0.0 END AS f
CALL (a, b, ex, ring, c3, f) {
  UNWIND c3 AS q RETURN q
  UNION ALL
  MATCH (y)-[t:TIE]->(b) WHERE $hops >= 4 AND t[$step] > 0 AND t[$step] >= f/0.729 AND y <> a AND NOT y IN ex
    AND y.consent >= $level AND coalesce(y.taking_requests, true)
  WITH a, b, ex, ring, f, y, t[$step] AS t, t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END AS s
  WHERE s >= f/0.729
  MATCH (m)-[u:TIE]->(y) WHERE u[$step] > 0 AND u[$step] * s >= f/0.729 AND m <> a AND m <> b AND NOT m IN ex
    AND m.consent >= $level AND coalesce(m.taking_requests, true)
  WITH a, b, ring, f, y, m, t, u[$step] AS u, s * u[$step] * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END AS s
  WHERE s >= f/0.729
  MATCH (x)-[v:TIE]->(m) WHERE v[$step] > 0 AND v[$step] * s >= f/0.729 AND x <> y AND x IN ring
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH a, b, x, m, y, t, u, v[$step] AS v, s
  MATCH (a)-[w:TIE]->(x)
  WITH a, b, x, m, y, s, t, u, v, w[$step] AS w, CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS e
  RETURN [round(w*e*0.9*v*0.81*s, 12),
    CASE WHEN t < u AND t < v AND t < w THEN t WHEN u < v AND u < w THEN u WHEN v < w THEN v ELSE w END,
    [a, x, m, y, b]] AS q
}
WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
RETURN [n IN q[2] | n.uid] AS uids, q[0] AS score, q[1] AS least
