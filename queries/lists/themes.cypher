// What do people work on? Themes by label.
// $parents: [string], the root alone
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $theme: string or null, uid: narrower than it
// $ids: [string] or null, uids
// $scheme: string or null
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Theme) USING INDEX n:Theme(label)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.label >= $k AND CASE WHEN n.label = $k THEN n.uid > $u ELSE true END
    AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.label) CONTAINS $text
      OR any(word IN n.alt_labels WHERE toLower(word) CONTAINS $text))
    AND ($scheme IS NULL OR n.scheme = $scheme)
    AND ($theme IS NULL OR EXISTS {
      (n)-[r:BROADER WHERE r.audience >= $level]->(:Theme)
        (()-[x:BROADER WHERE x.audience >= $level]->()){0,8} (:Theme {uid: $theme})
    })
  WITH n ORDER BY n.label, n.uid LIMIT $limit
  RETURN collect([
    n.label, n.uid,
    ['Theme']
      + [c IN $cols | n[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
