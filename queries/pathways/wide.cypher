// Who can connect me with any of a great many? Walked on from the asker: whoever answers is seldom far.
// $from: string, uid of the one who asks
// $targets: list of string, uids; reaching any of them answers, and none of them is a go-between
// $told: list of string, targets whose direct tie is already a route
// $without: list of string, uids that may not be go-betweens
// $hops: integer 1 to 4, most steps in a route
// $k: integer, how many routes, best first
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from})
CALL (a) {
  CALL (a) {
    MATCH (a)-[t:TIE]->(b) WHERE t[$step] > 0 AND b.uid IN $targets AND NOT b.uid IN $told
    RETURN [round(t[$step], 12), t[$step], [a, b]] AS q
    UNION ALL
    MATCH (a)-[t:TIE]->(x) WHERE $hops >= 2 AND t[$step] > 0 AND NOT x.uid IN $targets
      AND NOT x.uid IN $without AND x.consent >= $level AND coalesce(x.taking_requests, true)
    WITH a, x, t[$step] AS t, t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS s
    MATCH (x)-[u:TIE]->(b) WHERE u[$step] > 0 AND b.uid IN $targets
    RETURN [round(s * 0.9 * u[$step], 12), CASE WHEN t < u[$step] THEN t ELSE u[$step] END, [a, x, b]] AS q
  }
  WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
  RETURN collect(q) AS c
}
WITH a, c, CASE WHEN size(c) = $k THEN c[$k - 1][0] - 1e-12 ELSE 0.0 END AS f
CALL (a, c, f) {
  CALL (a, c, f) {
    UNWIND c AS q RETURN q
    UNION ALL
    MATCH (a)-[t:TIE]->(x) WHERE $hops >= 3 AND t[$step] > 0 AND t[$step] >= f/0.81 AND NOT x.uid IN $targets
      AND NOT x.uid IN $without AND x.consent >= $level AND coalesce(x.taking_requests, true)
    WITH a, f, x, t[$step] AS t, t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS s
    WHERE s >= f/0.81
    MATCH (x)-[u:TIE]->(y) WHERE u[$step] > 0 AND u[$step] * s >= f/0.81 AND y <> a AND NOT y.uid IN $targets
      AND NOT y.uid IN $without AND y.consent >= $level AND coalesce(y.taking_requests, true)
    WITH a, f, x, y, t, u[$step] AS u,
      s * u[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END AS s
    WHERE s >= f/0.81
    MATCH (y)-[v:TIE]->(b) WHERE v[$step] > 0 AND v[$step] * s >= f/0.81 AND b.uid IN $targets
    WITH a, x, y, b, s, t, u, v[$step] AS v
    RETURN [round(s * 0.81 * v, 12),
      CASE WHEN t < u AND t < v THEN t WHEN u < v THEN u ELSE v END, [a, x, y, b]] AS q
  }
  WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
  RETURN collect(q) AS c3
}
WITH a, c3, CASE WHEN size(c3) = $k THEN c3[$k - 1][0] - 1e-12 ELSE 0.0 END AS f
CALL (a, c3, f) {
  UNWIND c3 AS q RETURN q
  UNION ALL
  MATCH (a)-[t:TIE]->(x) WHERE $hops >= 4 AND t[$step] > 0 AND t[$step] >= f/0.729 AND NOT x.uid IN $targets
    AND NOT x.uid IN $without AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH a, f, x, t[$step] AS t, t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END AS s
  WHERE s >= f/0.729
  MATCH (x)-[u:TIE]->(m) WHERE u[$step] > 0 AND u[$step] * s >= f/0.729 AND m <> a AND NOT m.uid IN $targets
    AND NOT m.uid IN $without AND m.consent >= $level AND coalesce(m.taking_requests, true)
  WITH a, f, x, m, t, u[$step] AS u,
    s * u[$step] * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END AS s
  WHERE s >= f/0.729
  MATCH (m)-[v:TIE]->(y) WHERE v[$step] > 0 AND v[$step] * s >= f/0.729 AND y <> a AND y <> x
    AND NOT y.uid IN $targets AND NOT y.uid IN $without AND y.consent >= $level AND coalesce(y.taking_requests, true)
  WITH a, f, x, m, y, t, u, v[$step] AS v,
    s * v[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END AS s
  WHERE s >= f/0.729
  MATCH (y)-[w:TIE]->(b) WHERE w[$step] > 0 AND w[$step] * s >= f/0.729 AND b.uid IN $targets
  WITH a, x, m, y, b, s, t, u, v, w[$step] AS w
  RETURN [round(s * 0.729 * w, 12),
    CASE WHEN t < u AND t < v AND t < w THEN t WHEN u < v AND u < w THEN u WHEN v < w THEN v ELSE w END,
    [a, x, m, y, b]] AS q
}
WITH q ORDER BY q[0] DESC, q[1] DESC, size(q[2]), [n IN q[2] | n.uid] LIMIT $k
RETURN [n IN q[2] | n.uid] AS uids, q[0] AS score, q[1] AS least
