// What is said of me, where I am seen by fewer than the viewer's level? By sources they may read, and by myself.
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: of all that is not the viewer's own
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
RETURN {uid: i.uid, name: i.name, said: COLLECT {
  MATCH (i)-[r:SERVES|BASED_IN|WORKS_ON|OFFERS|ASKS_FOR|WORKS_FOR|LEADS|MEMBER_OF|PARTNERS_ON]->(m)
  MATCH (s:Source {slug: r.source})
  WHERE coalesce(m.consent, m.audience) >= $level
    AND ((s.audience >= $level AND coalesce(r.said, $level) >= $level)
      OR EXISTS { MATCH (i)<-[:DESCRIBES]-(d:Record) WHERE s.slug = 'own-word:' + d.handle })
  RETURN DISTINCT [type(r), m.uid, r.source, m:Project]
}} AS me
