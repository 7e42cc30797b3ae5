// Who can connect me? Two steps from each end, joined in the middle.
// $from: string, uid of the one who asks
// $targets: list of string, uids; reaching any of them answers, and none of them is a go-between
// $told: list of string, targets whose direct tie is already a route
// $without: list of string, uids that may not be go-betweens
// $hops: integer 1 to 4, most steps in a route
// $k: integer, how many routes, best first
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from})
OPTIONAL MATCH (b:Actor) WHERE b.uid IN $targets
WITH a, collect(b) AS bs
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, bs, bs + collect(e) AS ex
CALL (a, bs, ex) {
  UNWIND bs AS b
  MATCH (a)-[t:TIE]->(b) WHERE t[$step] > 0 AND NOT b.uid IN $told
  RETURN a AS m, [[1.0, 0, null, 1.0]] AS ls, [[t[$step], 1, null, t[$step], b]] AS rs
  UNION ALL
  CALL (a, bs, ex) {
    MATCH (a)-[t:TIE]->(m) WHERE $hops >= 2 AND t[$step] > 0 AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true)
    RETURN m, [t[$step], 1, null, t[$step]] AS l, null AS r
    UNION ALL
    MATCH (a)-[t:TIE]->(x) WHERE $hops >= 3 AND t[$step] > 0 AND NOT x IN ex
      AND x.consent >= $level AND coalesce(x.taking_requests, true)
    WITH a, ex, x, t[$step] AS t,
      t[$step] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (x)-[u:TIE]->(m)
    WITH a, ex, m, x, s, t, u[$step] AS u WHERE u > 0 AND m <> a AND NOT m IN ex
    RETURN m, [s * u, 2, x, CASE WHEN t < u THEN t ELSE u END] AS l, null AS r
    UNION ALL
    UNWIND bs AS b
    MATCH (m)-[t:TIE]->(b) WHERE $hops >= 2 AND t[$step] > 0 AND m <> a AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true)
    RETURN m, null AS l, [t[$step], 1, null, t[$step], b] AS r
    UNION ALL
    UNWIND bs AS b
    MATCH (y)-[t:TIE]->(b) WHERE $hops >= 4 AND t[$step] > 0 AND y <> a AND NOT y IN ex
      AND y.consent >= $level AND coalesce(y.taking_requests, true)
    WITH a, ex, b, y, t[$step] AS t,
      t[$step] * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (m)-[u:TIE]->(y)
    WITH a, ex, b, m, y, s, t, u[$step] AS u WHERE u > 0 AND m <> a AND NOT m IN ex
    RETURN m, null AS l, [s * u, 2, y, CASE WHEN t < u THEN t ELSE u END, b] AS r
  }
  WITH m, collect(l) AS ls, collect(r) AS rs WHERE size(ls) > 0 AND size(rs) > 0
    AND m.consent >= $level AND coalesce(m.taking_requests, true)
  RETURN m, ls, rs
}
WITH a, m, ls, rs, CASE WHEN m = a THEN 1.0 WHEN m:Person THEN coalesce(m.ease, 1.0) * 0.9 ELSE 0.9 END AS e
UNWIND ls AS l UNWIND rs AS r
WITH a, m, l, r, e WHERE (l[1] >= r[1] OR l[1] = 0) AND (l[1] < 2 OR r[1] < 2 OR l[2] <> r[2])
WITH a, m, l, r, l[0] * e * r[0] AS score
WITH round(score, 12) AS score, CASE WHEN l[3] < r[3] THEN l[3] ELSE r[3] END AS least,
  [n IN CASE l[1] WHEN 0 THEN [a, r[4]] ELSE [a, l[2], m, r[2], r[4]] END WHERE n IS NOT NULL | n.uid] AS uids
ORDER BY score DESC, least DESC, size(uids), uids LIMIT $k
RETURN uids, score, least
