// What has been loaded? The newest first.
// $parents: [string], the root alone
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level: loads are for stewards
UNWIND $parents AS parent
CALL (parent) {
  MATCH (l:Load)
  WHERE $level <= 1
  WITH l, toString(coalesce(l.started, '')) AS started
  WHERE started <= $k AND CASE WHEN started = $k THEN l.uid < $u ELSE true END
  WITH l, started ORDER BY started DESC, l.uid DESC LIMIT $limit
  WITH l, started, CASE WHEN l.state = 'running' AND NOT EXISTS {
    MATCH (p:Pulse {load: l.uid}) WHERE p.until > timestamp()
  } THEN 'interrupted' ELSE l.state END AS state ORDER BY started DESC, l.uid DESC
  RETURN collect([started, l.uid, ['Load'] + [c IN $cols | CASE c WHEN 'state' THEN state ELSE l[c] END]]) AS rows
}
RETURN collect([parent, rows]) AS pages
