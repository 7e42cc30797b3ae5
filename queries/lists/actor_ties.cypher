// Whom could they ask? Ties, the thickest first, then by name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $from_cols: [string], the asker's properties wanted
// $to_cols: [string], the asked one's
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[t:TIE]->(b:Actor)
  WHERE a.consent >= $level AND t.audience >= $level AND b.consent >= $level
  // Numbers are for stewards: for others neither the order nor a cursor may tell them.
  WITH a, t, b, coalesce(CASE
    WHEN $level = 1
      THEN right('000000000000' + toString(toInteger(round((1 - t.strength) * 1e12))), 13)
    WHEN t['label_' + $level] = 'thick' THEN '1'
    WHEN t['label_' + $level] = 'middling' THEN '2'
    WHEN t['label_' + $level] = 'thin' THEN '3'
  END, '4') + ' ' + b.name AS key
  WHERE key >= $k AND CASE WHEN key = $k THEN b.uid > $u ELSE true END
  WITH a, t, b, key ORDER BY key, b.uid LIMIT $limit
  RETURN collect([
    key, b.uid,
    ['Tie'] + [c IN $cols | CASE c WHEN 'uid' THEN a.uid + '~' + b.uid ELSE t[c] END],
    {
      from: [CASE WHEN a:Person THEN 'Person' WHEN a:Network THEN 'Network' ELSE 'Organisation' END]
        + [c IN $from_cols | a[c]],
      to: [CASE WHEN b:Person THEN 'Person' WHEN b:Network THEN 'Network' ELSE 'Organisation' END]
        + [c IN $to_cols | b[c]]
    }
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
