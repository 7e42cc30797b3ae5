// Which routes of four steps may be among the best? The two halves are joined by the one in the middle: each tie is walked once.
// $from: string, uid of the one who asks
// $to: string, uid of the one asked for
// $without: list of string, uids that may not be go-betweens
// $floor: number, routes of a lower score are not wanted
// $first, $second: lists of string, uids of the go-betweens of the best shorter routes
// $best, $next: numbers, what a route that shares one of these must reach to matter
// $near, $far: numbers, the best step of either end, as far as a route of its go-between goes
// $forth: boolean, whether the one who asks has fewer ties: their half is held in memory, the other walked past it
// $k: integer, how many routes are weighed: the best
// $each: integer, of those with the same first and last go-between so many are told
// $most: integer, so many such pairs are told
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor {uid: $from}) MATCH (b:Actor {uid: $to})
OPTIONAL MATCH (e:Actor) WHERE e.uid IN $without + $first + $second
WITH a, b, collect(e) AS es
WITH a, b, [a, b] + [e IN es WHERE e.uid IN $without] AS ex,
  [e IN es WHERE e.uid IN $first] AS one, [e IN es WHERE e.uid IN $second] AS two
CALL (a, b, ex, one, two) {
  MATCH (a)-[t:TIE]->(x)
  MATCH (x)-[u:TIE]->(m)
  MATCH (m)-[v:TIE]->(y)
  USING JOIN ON m
  MATCH (y)-[w:TIE]->(b)
  // The half with one condition more is planned as the smaller, which is the one held in memory.
  WHERE $forth AND x.uid <> $to AND NOT x IN ex AND NOT y IN ex AND x <> y
    AND t[$step] > 0 AND x.consent >= $level AND coalesce(x.taking_requests, true)
    AND 0.81 * t[$step] * $far >= CASE WHEN x IN one THEN $best WHEN x IN two THEN $next ELSE $floor END
    AND w[$step] > 0 AND y.consent >= $level AND coalesce(y.taking_requests, true)
    AND 0.81 * w[$step] * $near >= CASE WHEN y IN one THEN $best WHEN y IN two THEN $next ELSE $floor END
  RETURN t, x, u, m, v, y, w
  UNION ALL
  MATCH (a)-[t:TIE]->(x)
  MATCH (x)-[u:TIE]->(m)
  MATCH (m)-[v:TIE]->(y)
  USING JOIN ON m
  MATCH (y)-[w:TIE]->(b)
  WHERE NOT $forth AND y.uid <> $from AND NOT x IN ex AND NOT y IN ex AND x <> y
    AND t[$step] > 0 AND x.consent >= $level AND coalesce(x.taking_requests, true)
    AND 0.81 * t[$step] * $far >= CASE WHEN x IN one THEN $best WHEN x IN two THEN $next ELSE $floor END
    AND w[$step] > 0 AND y.consent >= $level AND coalesce(y.taking_requests, true)
    AND 0.81 * w[$step] * $near >= CASE WHEN y IN one THEN $best WHEN y IN two THEN $next ELSE $floor END
  RETURN t, x, u, m, v, y, w
}
WITH ex, x, u, m, v, y, t[$step] AS t, w[$step] AS w,
  CASE WHEN x IN one OR y IN one THEN $best WHEN x IN two OR y IN two THEN $next ELSE $floor END AS f
WITH ex, x, m, v, y, t, w, f, u[$step] AS u WHERE u > 0 AND 0.729 * t * w * u >= f
WITH ex, x, m, y, t, u, w, f, v[$step] AS v WHERE v > 0
WITH ex, x, m, y, t, u, v, w, f, 0.729 * t * u * v * w AS bound
WHERE bound >= f AND m.consent >= $level AND NOT m IN ex
// What was asked of them lately only lowers a score: it is read of the best alone.
WITH x, m, y, t, u, v, w, bound ORDER BY bound DESC LIMIT $k
WITH x, m, y, bound, coalesce(m.taking_requests, true) AS open, round(bound
  * CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END
  * CASE WHEN m:Person THEN coalesce(m.ease, 1.0) ELSE 1.0 END
  * CASE WHEN y:Person THEN coalesce(y.ease, 1.0) ELSE 1.0 END, 12) AS score,
  reduce(least = t, s IN [u, v, w] | CASE WHEN s < least THEN s ELSE least END) AS least
ORDER BY score DESC, least DESC, m.uid
WITH x, y, count(*) AS n, min(bound) AS cut, collect(CASE WHEN open AND score >= $floor THEN [score, least, m] END) AS found
WITH x, y, n, cut, found ORDER BY found[0][0] DESC
WITH CASE WHEN sum(n) = $k THEN min(cut) ELSE 0.0 END AS cut,
  collect(CASE WHEN size(found) > 0 THEN [found[0][0], x, y, found[..$each]] END) AS pairs
RETURN [p IN pairs[..$most] | [p[1].uid, p[2].uid, [r IN p[3] | [r[2].uid, r[0], r[1]]]]] AS pairs,
  reduce(c = cut, p IN pairs[$most..$most + 1] | CASE WHEN p[0] > c THEN p[0] ELSE c END) AS cut
