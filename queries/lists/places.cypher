// Which places do we know? By name.
// $parents: [string], the root alone
// $cols: [string], the properties wanted
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $place: string or null, uid: within it
// $ids: [string] or null, uids
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Place) USING INDEX n:Place(name)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.name >= $k AND CASE WHEN n.name = $k THEN n.uid > $u ELSE true END
    AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN n.also_known_as WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:WITHIN WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
  WITH n ORDER BY n.name, n.uid LIMIT $limit
  RETURN collect([
    n.name, n.uid,
    ['Place']
      + [c IN $cols | n[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
