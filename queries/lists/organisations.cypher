// Which organisations are there? By name.
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
// $networks: boolean or null, networks alone or none of them
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Organisation) USING INDEX n:Organisation(name)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.name >= $k AND CASE WHEN n.name = $k THEN n.uid > $u ELSE true END
    AND n.consent >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN n.also_known_as WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:BASED_IN|SERVES WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($themes IS NULL OR EXISTS {
      (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $themes
    })
    AND ($networks IS NULL OR $networks = n:Network)
  WITH n ORDER BY n.name, n.uid LIMIT $limit
  RETURN collect([
    n.name, n.uid,
    [CASE WHEN n:Person THEN 'Person' WHEN n:Network THEN 'Network' ELSE 'Organisation' END]
      + [c IN $cols | n[c]]
  ]) AS rows
}
RETURN collect([parent, rows]) AS pages
