// Whom could they ask? Ties, the longest unheard of first.
// $parents: [string], uids
// $cols: [string], the properties wanted, each a column of its own
// $keyed: boolean, the sort keys and uids are wanted too
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $from_cols: [string], the asker's properties wanted
// $to_cols: [string], the asked one's
// $label: [string] or null, the labels that are thick enough
// $kinds: [string] or null, resting on one of these kinds of evidence
// $since: string or null, a date: heard of on it or later
// $people: boolean or null, people alone or none of them
// $not_label: the same, of those left out
// $not_kinds: the same, of those left out
// $not_since: the same, of those left out
// $narrowed: boolean, any of these seven is asked for: else none is looked at, tie by tie
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[t:TIE]->(b:Actor)
  WHERE a.consent >= $level AND t.audience >= $level AND b.consent >= $level
    AND CASE WHEN $narrowed THEN
      ($label IS NULL OR t[CASE $level WHEN 1 THEN 'label' ELSE 'label_' + $level END] IN $label)
      AND ($kinds IS NULL OR any(kind IN $kinds
        WHERE kind IN t[CASE $level WHEN 1 THEN 'kinds' ELSE 'kinds_' + $level END]))
      AND ($since IS NULL
        OR toString(t[CASE $level WHEN 1 THEN 'seen' ELSE 'seen_' + $level END]) >= $since)
      AND ($people IS NULL OR $people = b:Person)
      AND ($not_label IS NULL
        OR NOT t[CASE $level WHEN 1 THEN 'label' ELSE 'label_' + $level END] IN $not_label)
      AND ($not_kinds IS NULL OR NOT any(kind IN $not_kinds
        WHERE kind IN t[CASE $level WHEN 1 THEN 'kinds' ELSE 'kinds_' + $level END]))
      AND ($not_since IS NULL OR NOT coalesce(
        toString(t[CASE $level WHEN 1 THEN 'seen' ELSE 'seen_' + $level END]) >= $not_since, false))
    ELSE true END
  WITH a, t, b, coalesce(
    toString(t[CASE $level WHEN 1 THEN 'seen' ELSE 'seen_' + $level END]), '') AS key
  WHERE key >= $k AND CASE WHEN key = $k THEN b.uid > $u ELSE true END
  WITH a, t, b, key ORDER BY key, b.uid LIMIT $limit
  WITH a, collect(t) AS ts, collect(b) AS bs,
    collect(CASE WHEN $keyed THEN [key, b.uid] END) AS keys
  RETURN [
    size(bs), keys, 'Tie',
    [c IN $cols | CASE c WHEN 'uid' THEN [b IN bs | parent + '~' + b.uid]
      ELSE [t IN ts | t[c]] END],
    {
      from: CASE WHEN size($from_cols) > 0 THEN [
        [b IN bs | CASE WHEN a:Person THEN 'Person' WHEN a:Network THEN 'Network'
          ELSE 'Organisation' END],
        [c IN $from_cols | [b IN bs | a[c]]]
      ] END,
      to: CASE WHEN size($to_cols) > 0 THEN [
        [b IN bs | CASE WHEN b:Person THEN 'Person' WHEN b:Network THEN 'Network'
          ELSE 'Organisation' END],
        [c IN $to_cols | [b IN bs | b[c]]]
      ] END
    }
  ] AS rows
}
RETURN collect([parent, rows]) AS pages
