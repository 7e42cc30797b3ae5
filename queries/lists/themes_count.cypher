// How many are there? What do people work on? Themes by label.
// $parents: [string], the root alone
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
  MATCH (n:Theme)
  WHERE n.label >= '' AND n.audience >= $level
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
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
