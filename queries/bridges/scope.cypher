// Who belongs to this place, theme or network? All that are given must hold.
// $place: string or null, uid: based in it, serving it, or a place within it
// $themes: list of string or null, uids: working on one of them
// $network: string or null, uid: a member, the network itself, or working for a member
// $level: integer, the viewer's level
MATCH (x:Actor)
WHERE x.consent >= $level
  AND ($place IS NULL OR EXISTS {
    MATCH way = (x)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR EXISTS {
    MATCH (x)-[r:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND r.audience >= $level AND t.audience >= $level
  })
  AND ($network IS NULL OR x.uid = $network OR EXISTS {
    MATCH way = (x)-[:WORKS_FOR|LEADS|MEMBER_OF*1..2]->(:Network {uid: $network})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(n IN nodes(way) WHERE coalesce(n.consent, n.audience) >= $level)
      AND type(last(relationships(way))) = 'MEMBER_OF'
  })
RETURN collect(x.uid) AS uids
