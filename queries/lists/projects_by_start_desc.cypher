// What has been tried here? Projects the last to begin first, those of no known day last.
// $parents: [string], the root alone
// $cols: [string], the properties wanted, each a column of its own
// $keyed: boolean, the sort keys and uids are wanted too
// $k: string, the sort key to begin behind
// $u: string, the uid to begin behind
// $limit: int, rows a parent
// $level: int, the viewer's level
// $ids: [string] or null, uids
// $text: string or null, lower case, part of a title or a description
// $place: string or null, uid: there or in a place within it
// $themes: [string] or null, uids: on one of them
// $organisation: string or null, uid: leads, partners on or funds it
// $network: string or null, uid: of a member of it
// $status: [string] or null, lower case, of one of these states
// $since: string or null, a date: not ended before it
// $running: boolean or null, running on that day or not
// $running_on: string, a date
// $not_ids: the same, of those left out
// $not_text: the same, of those left out
// $not_place: the same, of those left out
// $not_themes: the same, of those left out
// $not_organisation: the same, of those left out
// $not_network: the same, of those left out
// $not_status: the same, of those left out
// $not_since: the same, of those left out
// $left_out: boolean, any of these is asked for: else none is looked at, one by one
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Project)
  WITH n, coalesce(toString(n.starts), '') AS key
  WHERE key <= $k AND CASE WHEN key = $k THEN n.uid < $u ELSE true END
    AND n.title >= '' AND n.audience >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.title) CONTAINS $text
      OR coalesce(toLower(n.description) CONTAINS $text, false))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:SERVES WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($themes IS NULL OR EXISTS {
      (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $themes
    })
    AND ($organisation IS NULL OR EXISTS {
      (n)<-[r:LEADS|PARTNERS_ON|FUNDS WHERE r.audience >= $level]
        -(:Organisation {uid: $organisation})
    })
    AND ($network IS NULL OR EXISTS {
      (n)<-[x:LEADS|PARTNERS_ON|FUNDS WHERE x.audience >= $level]-()
        (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
        ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $network})
    })
    AND ($status IS NULL OR toLower(n.status) IN $status)
    AND ($since IS NULL OR coalesce(toString(n.ends) >= $since, true))
    AND ($running IS NULL OR $running = (
      coalesce(toString(n.starts) <= $running_on, true)
      AND coalesce(toString(n.ends) >= $running_on, true)
    ))
    AND CASE WHEN $left_out THEN
      ($not_ids IS NULL OR NOT n.uid IN $not_ids)
      AND ($not_text IS NULL OR NOT (toLower(n.title) CONTAINS $not_text
        OR coalesce(toLower(n.description) CONTAINS $not_text, false)))
      AND ($not_place IS NULL OR NOT EXISTS {
        (n)-[r:SERVES WHERE r.audience >= $level]->(:Place)
          (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $not_place})
      })
      AND ($not_themes IS NULL OR NOT EXISTS {
        (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $not_themes
      })
      AND ($not_organisation IS NULL OR NOT EXISTS {
        (n)<-[r:LEADS|PARTNERS_ON|FUNDS WHERE r.audience >= $level]
          -(:Organisation {uid: $not_organisation})
      })
      AND ($not_network IS NULL OR NOT EXISTS {
        (n)<-[x:LEADS|PARTNERS_ON|FUNDS WHERE x.audience >= $level]-()
          (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
          ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $not_network})
      })
      AND ($not_status IS NULL OR NOT coalesce(toLower(n.status) IN $not_status, false))
      AND ($not_since IS NULL OR NOT coalesce(toString(n.ends) >= $not_since, true))
    ELSE true END
  WITH n, key ORDER BY key DESC, n.uid DESC LIMIT $limit
  WITH collect(CASE WHEN size($cols) > 5 THEN properties(n) ELSE n END) AS found,
    collect(CASE WHEN $keyed THEN [key, n.uid] END) AS keys
  RETURN [size(found), keys, 'Project', [c IN $cols | [one IN found | one[c]]]] AS rows
}
RETURN collect([parent, rows]) AS pages
