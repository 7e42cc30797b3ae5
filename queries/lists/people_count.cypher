// How many are there? Who is in the field? People by name.
// $parents: [string], the root alone
// $level: int, the viewer's level
// $ids: [string] or null, uids
// $text: string or null, lower case, part of a name
// $place: string or null, uid: there or in a place within it
// $themes: [string] or null, uids: on one of them
// $organisation: string or null, uid: works for, leads, advises it or is a member
// $network: string or null, uid: a member, or of a member
// $not_ids: the same, of those left out
// $not_text: the same, of those left out
// $not_place: the same, of those left out
// $not_themes: the same, of those left out
// $not_organisation: the same, of those left out
// $not_network: the same, of those left out
// $left_out: boolean, any of these is asked for: else none is looked at, one by one
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Person)
  WHERE n.name >= '' AND n.consent >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $text))
    AND ($place IS NULL OR EXISTS {
      (n)-[r:BASED_IN WHERE r.audience >= $level]->(:Place)
        (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $place})
    })
    AND ($themes IS NULL OR EXISTS {
      (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $themes
    })
    AND ($organisation IS NULL OR EXISTS {
      (n)-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES WHERE r.audience >= $level]
        ->(:Organisation {uid: $organisation})
    })
    AND ($network IS NULL OR EXISTS {
      (n) (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
        ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $network})
    })
    AND CASE WHEN $left_out THEN
      ($not_ids IS NULL OR NOT n.uid IN $not_ids)
      AND ($not_text IS NULL OR NOT (toLower(n.name) CONTAINS $not_text
        OR any(word IN coalesce(n.also_known_as, []) WHERE toLower(word) CONTAINS $not_text)))
      AND ($not_place IS NULL OR NOT EXISTS {
        (n)-[r:BASED_IN WHERE r.audience >= $level]->(:Place)
          (()-[w:WITHIN WHERE w.audience >= $level]->()){0,8} (:Place {uid: $not_place})
      })
      AND ($not_themes IS NULL OR NOT EXISTS {
        (n)-[r:WORKS_ON WHERE r.audience >= $level]->(t:Theme) WHERE t.uid IN $not_themes
      })
      AND ($not_organisation IS NULL OR NOT EXISTS {
        (n)-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES WHERE r.audience >= $level]
          ->(:Organisation {uid: $not_organisation})
      })
      AND ($not_network IS NULL OR NOT EXISTS {
        (n) (()-[w:WORKS_FOR|LEADS|MEMBER_OF WHERE w.audience >= $level]->()){0,1}
          ()-[r:MEMBER_OF WHERE r.audience >= $level]->(:Network {uid: $not_network})
      })
    ELSE true END
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
