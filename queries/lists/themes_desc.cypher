// What do people work on? Themes by label, from Z to A.
// $parents: [string], the root alone
// $cols: [string], the properties wanted, each a column of its own
// $keyed: boolean, the sort keys and uids are wanted too
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $ids: [string] or null, uids
// $text: string or null, lower case, part of a label or another word
// $theme: string or null, uid: narrower than it
// $scheme: string or null
// $not_ids: the same, of those left out
// $not_text: the same, of those left out
// $not_theme: the same, of those left out
// $not_scheme: the same, of those left out
// $left_out: boolean, any of these is asked for: else none is looked at, one by one
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Theme) USING INDEX n:Theme(label)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.label <= $k AND CASE WHEN n.label = $k THEN n.uid < $u ELSE true END
    AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.label) CONTAINS $text
      OR any(word IN coalesce(n.alt_labels, []) WHERE toLower(word) CONTAINS $text))
    AND ($theme IS NULL OR EXISTS {
      (n)-[r:BROADER WHERE r.audience >= $level]->(:Theme)
        (()-[x:BROADER WHERE x.audience >= $level]->()){0,8} (:Theme {uid: $theme})
    })
    AND ($scheme IS NULL OR n.scheme = $scheme)
    AND CASE WHEN $left_out THEN
      ($not_ids IS NULL OR NOT n.uid IN $not_ids)
      AND ($not_text IS NULL OR NOT (toLower(n.label) CONTAINS $not_text
        OR any(word IN coalesce(n.alt_labels, []) WHERE toLower(word) CONTAINS $not_text)))
      AND ($not_theme IS NULL OR NOT EXISTS {
        (n)-[r:BROADER WHERE r.audience >= $level]->(:Theme)
          (()-[x:BROADER WHERE x.audience >= $level]->()){0,8} (:Theme {uid: $not_theme})
      })
      AND ($not_scheme IS NULL OR NOT coalesce(n.scheme = $not_scheme, false))
    ELSE true END
  WITH n ORDER BY n.label DESC, n.uid DESC LIMIT $limit
  WITH collect(CASE WHEN size($cols) > 5 THEN properties(n) ELSE n END) AS found,
    collect(CASE WHEN $keyed THEN [n.label, n.uid] END) AS keys
  RETURN [size(found), keys, 'Theme', [c IN $cols | [one IN found | one[c]]]] AS rows
}
RETURN collect([parent, rows]) AS pages
