// Who said what is drawn of these: of themselves, of where and on what they work, of their ties?
// $uids: list of string, of actors
// $everything: boolean, whether projects and all that is stated are drawn too
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (n:Actor {uid: uid}) WHERE n.consent >= $level
WITH collect(n) AS some
CALL (some) {
  UNWIND some AS n
  RETURN n AS thing, null AS said
  UNION
  UNWIND some AS n
  MATCH (n)-[r:BASED_IN|SERVES|WORKS_ON]->(m)
  WHERE r.audience >= $level AND m.audience >= $level
  RETURN m AS thing, r.source AS said
  UNION
  UNWIND some AS n
  MATCH (n)-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES|PART_OF|PARTNERS_ON|FUNDS|OFFERS|ASKS_FOR]->(m)
  WHERE $everything AND r.audience >= $level AND coalesce(m.consent, m.audience) >= $level
  RETURN m AS thing, r.source AS said
  UNION
  UNWIND some AS n
  MATCH (n)-[p:LEADS|PARTNERS_ON|FUNDS]->(j:Project)-[r:SERVES|WORKS_ON]->(m)
  WHERE $everything AND p.audience >= $level AND j.audience >= $level
    AND r.audience >= $level AND m.audience >= $level
  RETURN m AS thing, r.source AS said
  UNION
  UNWIND some AS n
  MATCH (n)-[o:OBSERVED]-(b:Actor)
  WHERE o.audience >= $level AND b.consent >= $level
  RETURN null AS thing, o.source AS said
}
WITH collect(DISTINCT thing) AS things, collect(DISTINCT said) AS said
CALL (things, said) {
  UNWIND things AS n
  MATCH (n)<-[:DESCRIBES]-(r:Record) WHERE r.digest IS NOT NULL
  MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  RETURN s.slug AS slug
  UNION
  UNWIND said AS given
  MATCH (s:Source {slug: given}) WHERE s.audience >= $level
  RETURN s.slug AS slug
}
WITH slug ORDER BY slug
RETURN collect(slug) AS page
