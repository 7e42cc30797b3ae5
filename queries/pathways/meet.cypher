// Who can connect me in three steps at most? The best routes that share no go-between: ties are read only where the two ends meet.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $without: list of string, uids that may not be go-betweens
// $direct: boolean, whether the tie between the two may still be a route
// $hops: integer 1 to 3, most steps in a route
// $wanted: integer, how many routes, best first
// $few: integer, so many of the best are told besides, and what none of the rest is better than
// $k: integer, how many routes are weighed against each other: the best
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, b, [a, b] + collect(e) AS ex
CALL (b, ex) {
  MATCH (y)-[:TIE]->(b) WHERE NOT y IN ex
  RETURN collect(y) AS far
}
// One step, and two.
CALL (a, b, far) {
  CALL (a, b, far) {
    MATCH (a)-[t:TIE]->(b) WHERE $direct AND t[$step] > 0
    RETURN [round(t[$step], 12), t[$step], [a, b]] AS route
    UNION ALL
    MATCH (a)-[t:TIE]->(x) WHERE $hops >= 2 AND x IN far
    WITH x, t[$step] AS t WHERE t > 0 AND x.consent >= $level AND coalesce(x.taking_requests, true)
    MATCH (x)-[u:TIE]->(b)
    WITH x, t, u[$step] AS u WHERE u > 0
    RETURN [round(t * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 * u, 12),
      CASE WHEN t <= u THEN t ELSE u END, [a, x, b]] AS route
  }
  RETURN collect(route) AS found
}
CALL (found) {
  UNWIND found AS r
  RETURN percentileDisc(r[0], CASE WHEN size(found) > $k THEN 1 - toFloat($k) / size(found) ELSE 0.0 END) AS cut
}
WITH a, b, ex, CASE WHEN size(found) > $k THEN [r IN found WHERE r[0] >= cut] ELSE found END AS found
// The best, then the best that shares nobody with it, and so on: nothing worse than the last is looked for.
WITH a, b, ex, found, reduce(s = [[], found], i IN range(1, $wanted) |
  [best IN [reduce(best = null, r IN s[1] | CASE WHEN best IS NULL OR r[0] > best[0] THEN r ELSE best END)] |
    CASE WHEN best IS NULL THEN s
    ELSE [s[0] + [best], [r IN s[1] WHERE r[2] <> best[2] AND none(n IN r[2] WHERE n IN best[2][1..-1])]] END][0])[0] AS taken
WITH a, b, ex, found,
  CASE WHEN size(taken) = $wanted AND taken[-1][0] > 2e-12 THEN taken[-1][0] - 2e-12 ELSE 0.0 END AS f
// The first go-between and the last: [who, step, score up to there].
CALL (a, ex, f) {
  MATCH (a)-[t:TIE]->(x) WHERE $hops >= 3 AND NOT x IN ex
  WITH x, t[$step] AS t WHERE t > 0 AND 0.81 * t >= f
    AND x.consent >= $level AND coalesce(x.taking_requests, true)
  WITH x, t, t * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  RETURN collect([x, t, s]) AS firsts, max(s) AS near_best
}
CALL (b, ex, f) {
  MATCH (y)-[t:TIE]->(b) WHERE $hops >= 3 AND NOT y IN ex
  WITH y, t[$step] AS t WHERE t > 0 AND 0.81 * t >= f
    AND y.consent >= $level AND coalesce(y.taking_requests, true)
  WITH y, t, t * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  RETURN collect([y, t, s]) AS lasts, max(s) AS far_best
}
WITH a, b, ex, found, f, near_best, far_best,
  [p IN firsts WHERE p[2] * far_best >= f] AS firsts,
  [q IN lasts WHERE q[2] * near_best >= f] AS lasts
// Three steps: walked from the end with the fewer.
CALL (a, b, f, firsts, lasts, near_best, far_best) {
  CALL (firsts, lasts) {
    WITH [q IN lasts | q[0]] AS ys, CASE WHEN size(firsts) <= size(lasts) THEN firsts ELSE [] END AS ps
    UNWIND ps AS p
    WITH ys, p[0] AS x
    MATCH (x)-[u:TIE]->(y) WHERE y IN ys
    RETURN x, u[$step] AS u, y
    UNION ALL
    WITH [p IN firsts | p[0]] AS xs, CASE WHEN size(firsts) <= size(lasts) THEN [] ELSE lasts END AS qs
    UNWIND qs AS q
    WITH xs, q[0] AS y
    MATCH (x)-[u:TIE]->(y) WHERE x IN xs
    RETURN x, u[$step] AS u, y
  }
  WITH x, u, y WHERE u > 0 AND u * near_best * far_best >= f
  MATCH (a)-[t:TIE]->(x)
  WITH x, t[$step] AS t, u, y WHERE 0.9 * t * u * far_best >= f
  MATCH (y)-[v:TIE]->(b)
  WITH x, t, u, y, v[$step] AS v
  WITH x, t, u, y, v, t * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9
    * u * v * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS score
  WHERE score >= f
  RETURN collect([round(score, 12), CASE WHEN t <= u AND t <= v THEN t WHEN u <= v THEN u ELSE v END, [a, x, y, b]]) AS more
}
WITH f, near_best, far_best, found + more AS found
CALL (found) {
  UNWIND found AS r
  RETURN percentileDisc(r[0], CASE WHEN size(found) > $k THEN 1 - toFloat($k) / size(found) ELSE 0.0 END) AS cut
}
WITH f, near_best, far_best, size(found) > $k AS more, CASE WHEN size(found) > $k THEN [r IN found WHERE r[0] >= cut] ELSE found END AS found
WITH f, near_best, far_best, found, more, reduce(s = [[], found], i IN range(1, $wanted) |
  [best IN [reduce(best = null, r IN s[1] | CASE
    WHEN best IS NULL OR r[0] > best[0] THEN r
    WHEN r[0] < best[0] THEN best
    WHEN r[1] > best[1] THEN r
    WHEN r[1] < best[1] OR size(r[2]) > size(best[2]) THEN best
    WHEN size(r[2]) < size(best[2]) OR [n IN r[2] | n.uid] < [n IN best[2] | n.uid] THEN r
    ELSE best END)] | CASE WHEN best IS NULL THEN s
    ELSE [s[0] + [best], [r IN s[1] WHERE r[2] <> best[2] AND none(n IN r[2] WHERE n IN best[2][1..-1])]] END][0])[0] AS taken
CALL (found) {
  UNWIND found AS r
  RETURN percentileDisc(r[0], CASE WHEN size(found) > $few THEN 1 - toFloat($few) / size(found) ELSE 0.0 END) AS low
}
RETURN [r IN taken | [[n IN r[2] | n.uid], r[0], r[1]]] AS routes, more OR f > 0 AS left_out,
  [r IN found WHERE size(found) <= $few OR r[0] > low | [[n IN r[2] | n.uid], r[0], r[1]]] AS known,
  CASE WHEN size(found) > $few THEN low ELSE 0.0 END AS rest,
  coalesce(near_best, 0.0) AS near, coalesce(far_best, 0.0) AS far
