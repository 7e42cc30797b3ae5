// How many are there? Who is in the field? People by name.
// $parents: [string], the root alone
// $level: int, the viewer's level
// $text: string or null, lower case, part of a name
// $place: string or null, uid: there or in a place within it
// $themes: [string] or null, uids: on one of them
// $ids: [string] or null, uids
// $organisation: string or null, uid: works for, leads, advises it or is a member
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Person)
  WHERE n.name >= '' AND n.consent >= $level
    AND ($ids IS NULL OR n.uid IN $ids)
    AND ($text IS NULL OR toLower(n.name) CONTAINS $text
      OR any(word IN n.also_known_as WHERE toLower(word) CONTAINS $text))
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
  RETURN count(n) AS total
}
RETURN collect([parent, total]) AS pages
