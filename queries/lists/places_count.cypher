// How many are there? Which places do we know? By name.
// $parents: [string], the root alone
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $place: string or null, uid: within it
// $ids: [string] or null, uids
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Place)
  WHERE n.name >= '' AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN n.also_known_as WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:WITHIN WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
