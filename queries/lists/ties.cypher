// How do these two stand to each other?
// $parents: [string], the uids of both ends, joined by ~
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// $from_cols: [string], the asker's properties wanted
// $to_cols: [string], the asked one's
UNWIND $parents AS parent
CALL (parent) {
  WITH split(parent, '~') AS ends
  MATCH (a:Actor {uid: ends[0]})-[t:TIE]->(b:Actor {uid: ends[1]})
  WHERE a.consent >= $level AND t.audience >= $level AND b.consent >= $level
  WITH a, t, b
  ORDER BY a.uid
  RETURN collect([
    null, parent,
    ['Tie'] + [c IN $cols | CASE c WHEN 'uid' THEN parent ELSE t[c] END],
    {
      from: CASE WHEN size($from_cols) > 0 THEN
        [CASE WHEN a:Person THEN 'Person' WHEN a:Network THEN 'Network' ELSE 'Organisation' END]
        + [c IN $from_cols | a[c]] END,
      to: CASE WHEN size($to_cols) > 0 THEN
        [CASE WHEN b:Person THEN 'Person' WHEN b:Network THEN 'Network' ELSE 'Organisation' END]
        + [c IN $to_cols | b[c]] END
    }
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
