// What has been tried here? Projects by title.
// $parents: [string], the root alone
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $place: string or null, uid: there or in a place within it
// $themes: [string] or null, uids: on one of them
// $ids: [string] or null, uids
// $running: boolean or null, running on that day or not
// $running_on: string, a date
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Project) USING INDEX n:Project(title)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.title >= $k AND CASE WHEN n.title = $k THEN n.uid > $u ELSE true END
    AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.title) CONTAINS $text
      OR toLower(n.description) CONTAINS $text)
    AND ($place IS NULL OR EXISTS {
      (n)-[r:SERVES WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($themes IS NULL OR EXISTS {
      (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $themes
    })
    AND ($running IS NULL OR $running = (
      coalesce(toString(n.starts) <= $running_on, true)
      AND coalesce(toString(n.ends) >= $running_on, true)
    ))
  WITH n ORDER BY n.title, n.uid LIMIT $limit
  RETURN collect([
    n.title, n.uid,
    ['Project']
      + [c IN $cols | n[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
