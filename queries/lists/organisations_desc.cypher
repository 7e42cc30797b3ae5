// Which organisations are there? By name, from Z to A.
// $parents: [string], the root alone
// $cols: [string], the properties wanted, each a column of its own
// $keyed: boolean, the sort keys and uids are wanted too
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $ids: [string] or null, uids
// $text: string or null, lower case, part of a name
// $place: string or null, uid: there or in a place within it
// $themes: [string] or null, uids: on one of them
// $network: string or null, uid: a member, or of a member
// $kinds: [string] or null, lower case, of one of these kinds
// $networks: boolean or null, networks alone or none of them
// $not_ids: the same, of those left out
// $not_text: the same, of those left out
// $not_place: the same, of those left out
// $not_themes: the same, of those left out
// $not_network: the same, of those left out
// $not_kinds: the same, of those left out
// $left_out: boolean, any of these is asked for: else none is looked at, one by one
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Organisation) USING INDEX n:Organisation(name)
  // CASE, not OR: the server would make two searches of an OR and lose the index's order
  WHERE n.name <= $k AND CASE WHEN n.name = $k THEN n.uid < $u ELSE true END
    AND n.consent >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:BASED_IN|SERVES WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($themes IS NULL OR EXISTS {
      (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $themes
    })
    AND ($network IS NULL OR EXISTS {
      (n) (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
        ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $network})
    })
    AND ($kinds IS NULL OR toLower(n.kind) IN $kinds)
    AND ($networks IS NULL OR $networks = n:Network)
    AND CASE WHEN $left_out THEN
      ($not_ids IS NULL OR NOT n.uid IN $not_ids)
      AND ($not_text IS NULL OR NOT (toLower(n.name) CONTAINS $not_text
        OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $not_text)))
      AND ($not_place IS NULL OR NOT EXISTS {
        (n)-[r:BASED_IN|SERVES WHERE r.audience >= $level]->(:Place)
          (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $not_place})
      })
      AND ($not_themes IS NULL OR NOT EXISTS {
        (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $not_themes
      })
      AND ($not_network IS NULL OR NOT EXISTS {
        (n) (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
          ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $not_network})
      })
      AND ($not_kinds IS NULL OR NOT coalesce(toLower(n.kind) IN $not_kinds, false))
    ELSE true END
  WITH n ORDER BY n.name DESC, n.uid DESC LIMIT $limit
  WITH collect(CASE WHEN size($cols) > 5 THEN properties(n) ELSE n END) AS found,
    collect(CASE WHEN $keyed THEN [n.name, n.uid] END) AS keys,
    collect(CASE WHEN n:Network THEN 'Network' ELSE 'Organisation' END) AS kinds
  RETURN [size(found), keys, kinds, [c IN $cols | [one IN found | one[c]]]] AS rows
}
RETURN collect([parent, rows]) AS pages
