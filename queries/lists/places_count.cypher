// How many are there? Which places do we know? By name.
// $parents: [string], the root alone
// $level: int, the viewer's level
// $ids: [string] or null, uids
// $text: string or null, lower case, part of a name
// $place: string or null, uid: within it
// $kinds: [string] or null, lower case, of one of these kinds
// $not_ids: the same, of those left out
// $not_text: the same, of those left out
// $not_place: the same, of those left out
// $not_kinds: the same, of those left out
// $left_out: boolean, any of these is asked for: else none is looked at, one by one
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Place)
  WHERE n.name >= '' AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:WITHIN WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($kinds IS NULL OR toLower(n.kind) IN $kinds)
    AND CASE WHEN $left_out THEN
      ($not_ids IS NULL OR NOT n.uid IN $not_ids)
      AND ($not_text IS NULL OR NOT (toLower(n.name) CONTAINS $not_text
        OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $not_text)))
      AND ($not_place IS NULL OR NOT EXISTS {
        (n)-[r:WITHIN WHERE r.audience >= $level]->(:Place)
          (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $not_place})
      })
      AND ($not_kinds IS NULL OR NOT coalesce(toLower(n.kind) IN $not_kinds, false))
    ELSE true END
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
