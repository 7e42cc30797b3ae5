// Make it two: who on this side of the gap shares most with whom beyond it, and is not tied to them?
// $rows: list of maps of cut (integer) and near: list of string, uids of actors of the smaller side
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $common: integer, a theme or place of more than so many actors says nothing
// $most: integer, pairs of a cut
// $level: integer, the viewer's level
UNWIND $rows AS row
CALL (row) {
  UNWIND row.near AS uid
  MATCH (x:Actor {uid: uid})-[w:WORKS_ON|BASED_IN|SERVES]->(s:Theme|Place)
  WHERE x.consent >= $level AND w.audience >= $level AND s.audience >= $level
    AND COUNT { (s)<-[:WORKS_ON|BASED_IN|SERVES]-() } <= $common
  MATCH (s)<-[v:WORKS_ON|BASED_IN|SERVES]-(y:Actor)
  WHERE v.audience >= $level AND y.consent >= $level AND NOT y.uid IN row.near
    AND coalesce(x.taking_requests, true) AND coalesce(y.taking_requests, true)
    AND NOT EXISTS { MATCH (x)-[t:TIE]->(y) WHERE t[$step] IS NOT NULL AND t.audience >= $level }
  WITH x, y, collect(DISTINCT coalesce(s.label, s.name)) AS shared
  ORDER BY size(shared) DESC, x.uid, y.uid
  LIMIT $most
  RETURN x, y, shared
}
RETURN row.cut AS cut, x.uid AS left_uid, x.name AS left_name, y.uid AS right_uid, y.name AS right_name, shared
