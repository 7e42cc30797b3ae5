// Who can connect two who both know very many? Every step is weighed as it is walked: what cannot be as good as the floor ends there.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $without: list of string, uids that may not be go-betweens
// $direct: boolean, whether the tie between the two may still be a route
// $hops: integer 1 to 4, most steps in a route
// $wanted: integer, how many routes that share no go-between, best first
// $floor: number, routes of a lower score are not looked for
// $near_share, $far_share: numbers from 0 to 1, the weakest share of either end's ties, which is left out
// $k: integer, how many routes are weighed against each other: the best
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without
WITH a, b, [a, b] + collect(e) AS ex
// The first go-between and the last: [who, step, score up to there].
CALL (a, ex) {
  MATCH (a)-[t:TIE]->(x) WHERE $hops >= 2 AND NOT x IN ex AND x.consent >= $level
  WITH x, t[$step] AS t WHERE t > 0 AND 0.9 * t >= $floor AND coalesce(x.taking_requests, true)
  WITH x, t, t * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  RETURN collect([x, t, s]) AS firsts, max(s) AS near_best, percentileDisc(s, $near_share) AS near_cut
}
CALL (b, ex) {
  MATCH (y)-[t:TIE]->(b) WHERE $hops >= 2 AND NOT y IN ex AND y.consent >= $level
  WITH y, t[$step] AS t WHERE t > 0 AND 0.9 * t >= $floor AND coalesce(y.taking_requests, true)
  WITH y, t, t * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  RETURN collect([y, t, s]) AS lasts, max(s) AS far_best, percentileDisc(s, $far_share) AS far_cut
}
// One step, and two.
CALL (a, b, firsts, lasts) {
  CALL (a, b, firsts, lasts) {
    MATCH (a)-[t:TIE]->(b) WHERE $direct AND t[$step] > 0
    RETURN [round(t[$step], 12), t[$step], [a, b]] AS route
    UNION ALL
    WITH a, b, firsts, [q IN lasts | q[0]] AS ys
    UNWIND firsts AS p
    WITH a, b, p[0] AS x, p[1] AS t, p[2] AS s, ys WHERE x IN ys
    MATCH (x)-[u:TIE]->(b)
    WITH a, b, x, t, s, u[$step] AS u WHERE u > 0
    RETURN [round(s * u, 12), CASE WHEN t <= u THEN t ELSE u END, [a, x, b]] AS route
  }
  WITH route WHERE route[0] >= $floor
  RETURN collect(route) AS found
}
CALL (found) {
  UNWIND found AS r
  RETURN percentileDisc(r[0], CASE WHEN size(found) > $k THEN 1 - toFloat($k) / size(found) ELSE 0.0 END) AS cut
}
WITH *, CASE WHEN size(found) > $k THEN [r IN found WHERE r[0] >= cut] ELSE found END AS known
// The best, then the best that shares nobody with it, and so on: nothing worse than the last is looked for.
WITH *, reduce(s = [[], known], i IN range(1, $wanted) |
  [best IN [reduce(best = null, r IN s[1] | CASE WHEN best IS NULL OR r[0] > best[0] THEN r ELSE best END)] |
    CASE WHEN best IS NULL THEN s
    ELSE [s[0] + [best], [r IN s[1] WHERE r[2] <> best[2] AND none(n IN r[2] WHERE n IN best[2][1..-1])]] END][0])[0] AS taken
WITH a, b, ex, firsts, lasts, far_best, near_cut, far_cut, known,
  CASE WHEN size(taken) = $wanted AND taken[-1][0] - 2e-12 > $floor THEN taken[-1][0] - 2e-12 ELSE $floor END AS f
WITH *, CASE WHEN $hops < 3 THEN [] ELSE [p IN firsts WHERE p[2] >= near_cut AND p[2] * far_best >= f] END AS xs
// Two steps from the asker: [who, go-between, score up to there, weaker step].
CALL (xs, far_best, f) {
  UNWIND xs AS p
  WITH p[0] AS x, p[1] AS t, p[2] AS s, far_best, f
  MATCH (x)-[u:TIE]->(m)
  WITH x, t, s, m, u[$step] AS u, far_best, f
  WITH x, t, m, u, s * u AS s, far_best, f WHERE s > 0 AND s * far_best >= f
  RETURN collect([m, x, s, CASE WHEN t <= u THEN t ELSE u END]) AS here, max(s) AS near_two
}
// Three steps: one of them is tied to the end.
WITH *, [q IN lasts WHERE q[2] >= far_cut AND q[2] * near_two >= f] AS ys
CALL (a, b, f, here, ys) {
  WITH a, b, f, here, [q IN ys | q[0]] AS ends
  UNWIND here AS l
  WITH a, b, f, l[0] AS y, l[1] AS x, l[2] AS s, l[3] AS t, ends WHERE y IN ends
  MATCH (y)-[v:TIE]->(b)
  WITH a, b, f, x, y, t, v[$step] AS v, s * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END * 0.9 AS s
  WHERE v > 0 AND s * v >= f
  RETURN collect([round(s * v, 12), CASE WHEN t <= v THEN t ELSE v END, [a, x, y, b]]) AS three
}
// Four steps: one of them is two steps from it.
WITH a, b, ex, f, near_two, known + three AS known,
  CASE WHEN $hops < 4 THEN [] ELSE [l IN here WHERE 0.9 * l[2] * far_best >= f] END AS here,
  CASE WHEN $hops < 4 THEN [] ELSE [q IN ys WHERE 0.9 * q[2] * near_two >= f] END AS ys
CALL (here, ys, near_two, f) {
  WITH [l IN here | l[0]] AS ms, ys, near_two, f
  UNWIND ys AS q
  WITH q[0] AS y, q[1] AS t, q[2] AS s, ms, near_two, f
  MATCH (m)-[v:TIE]->(y) WHERE m IN ms
  WITH y, t, s, m, v[$step] AS v, near_two, f
  WITH y, t, m, v, s * v AS s, near_two, f WHERE s > 0 AND 0.9 * s * near_two >= f
  RETURN collect([m, y, s, CASE WHEN t <= v THEN t ELSE v END]) AS there
}
CALL (a, b, ex, f, here, there) {
  CALL (here, there) {
    UNWIND here AS l RETURN l[0] AS m, l AS one, null AS two
    UNION ALL
    UNWIND there AS r RETURN r[0] AS m, null AS one, r AS two
  }
  WITH a, b, ex, f, m, collect(one) AS ones, collect(two) AS twos WHERE size(ones) > 0 AND size(twos) > 0
    AND NOT m IN ex AND m.consent >= $level AND coalesce(m.taking_requests, true)
  WITH a, b, f, m, ones, twos, CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END * 0.9 AS e
  UNWIND ones AS l UNWIND twos AS r
  WITH a, b, f, m, l, r, e * l[2] * r[2] AS score WHERE score >= f AND l[1] <> r[1]
  RETURN collect([round(score, 12), CASE WHEN l[3] <= r[3] THEN l[3] ELSE r[3] END, [a, l[1], m, r[1], b]]) AS four
}
WITH f, known + four AS found
CALL (found) {
  UNWIND found AS r
  RETURN percentileDisc(r[0], CASE WHEN size(found) > $k THEN 1 - toFloat($k) / size(found) ELSE 0.0 END) AS cut
}
WITH f, size(found) > $k AS more, CASE WHEN size(found) > $k THEN [r IN found WHERE r[0] >= cut] ELSE found END AS found
WITH f, more, reduce(s = [[], found], i IN range(1, $wanted) |
  [best IN [reduce(best = null, r IN s[1] | CASE
    WHEN best IS NULL OR r[0] > best[0] THEN r
    WHEN r[0] < best[0] THEN best
    WHEN r[1] > best[1] THEN r
    WHEN r[1] < best[1] OR size(r[2]) > size(best[2]) THEN best
    WHEN size(r[2]) < size(best[2]) OR [n IN r[2] | n.uid] < [n IN best[2] | n.uid] THEN r
    ELSE best END)] | CASE WHEN best IS NULL THEN s
    ELSE [s[0] + [best], [r IN s[1] WHERE r[2] <> best[2] AND none(n IN r[2] WHERE n IN best[2][1..-1])]] END][0])[0] AS taken
RETURN [r IN taken | [[n IN r[2] | n.uid], r[0], r[1]]] AS routes, more OR f > 0 AS left_out
