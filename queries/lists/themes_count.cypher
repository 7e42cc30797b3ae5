// How many are there? What do people work on? Themes by label.
// $parents: [string], the root alone
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $theme: string or null, uid: narrower than it
// $ids: [string] or null, uids
// $scheme: string or null
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Theme)
  WHERE n.label >= '' AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.label) CONTAINS $text
      OR any(word IN n.alt_labels WHERE toLower(word) CONTAINS $text))
    AND ($scheme IS NULL OR n.scheme = $scheme)
    AND ($theme IS NULL OR EXISTS {
      (n)-[r:BROADER WHERE r.audience >= $level]->(:Theme)
        (()-[x:BROADER WHERE x.audience >= $level]->()){0,8} (:Theme {uid: $theme})
    })
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
