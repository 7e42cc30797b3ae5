// Who can connect me, by ties of my own that others may not see? As halves, with the first step given.
// $from: string, uid of the one who asks
// $targets: list of string, uids; reaching any of them answers, and none of them is a go-between
// $told: list of string, targets whose direct tie is already a route
// $without: list of string, uids that may not be go-betweens
// $own: list of [string, number], uids of those the asker is tied to, and how good asking them is
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
  UNWIND $own AS t
  WITH a, b, t WHERE t[0] = b.uid AND NOT b.uid IN $told
  RETURN a AS m, [[1.0, 0, null, 1.0]] AS ls, [[t[1], 1, null, t[1], b]] AS rs
  UNION ALL
  CALL (a, bs, ex) {
    UNWIND $own AS t
    MATCH (m:Actor {uid: t[0]}) WHERE $hops >= 2 AND NOT m IN ex
      AND m.consent >= $level AND coalesce(m.taking_requests, true)
    RETURN m, [t[1], 1, null, t[1]] AS l, null AS r
    UNION ALL
    UNWIND $own AS t
    MATCH (x:Actor {uid: t[0]}) WHERE $hops >= 3 AND NOT x IN ex
      AND x.consent >= $level AND coalesce(x.taking_requests, true)
    WITH a, ex, x, t[1] AS t,
      t[1] * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS s
    MATCH (x)-[u:TIE]->(m) WHERE m <> a AND NOT m IN ex
    WITH m, x, s, t, u[$step] AS u WHERE u > 0
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
    MATCH (m)-[u:TIE]->(y) WHERE m <> a AND NOT m IN ex
    WITH b, m, y, s, t, u[$step] AS u WHERE u > 0
    RETURN m, null AS l, [s * u, 2, y, CASE WHEN t < u THEN t ELSE u END, b] AS r
  }
  WITH m, collect(l) AS ls, collect(r) AS rs WHERE size(ls) > 0 AND size(rs) > 0
    AND m.consent >= $level AND coalesce(m.taking_requests, true)
  RETURN m, ls, rs
}
WITH a, m, ls, rs, CASE WHEN m = a THEN 1.0 WHEN m:Person THEN coalesce(m.ease, 1.0) * 0.9 ELSE 0.9 END AS e
UNWIND ls AS l UNWIND rs AS r
WITH a, m, l, r, e WHERE (l[1] >= r[1] OR l[1] = 0) AND (l[1] < 2 OR r[1] < 2 OR l[2] <> r[2])
WITH round(l[0] * e * r[0], 12) AS score, CASE WHEN l[3] < r[3] THEN l[3] ELSE r[3] END AS least,
  [n IN CASE l[1] WHEN 0 THEN [a, r[4]] ELSE [a, l[2], m, r[2], r[4]] END WHERE n IS NOT NULL | n.uid] AS uids
ORDER BY score DESC, least DESC, size(uids), uids LIMIT $k
RETURN uids, score, least
