// What else stands between these and others? Each fact once, however many sources state it.
// $uids: list of string, of actors, projects, places and themes
// $level: integer, the viewer's level
UNWIND $uids AS uid
CALL (uid) {
  MATCH (n:Actor {uid: uid}) WHERE n.consent >= $level RETURN n
  UNION
  MATCH (n:Project {uid: uid}) WHERE n.audience >= $level RETURN n
  UNION
  MATCH (n:Place {uid: uid}) WHERE n.audience >= $level RETURN n
  UNION
  MATCH (n:Theme {uid: uid}) WHERE n.audience >= $level RETURN n
}
MATCH (n)-[r:WORKS_FOR|MEMBER_OF|LEADS|ADVISES|PART_OF|PARTNERS_ON|FUNDS|BASED_IN|SERVES|WORKS_ON|OFFERS|ASKS_FOR|FOLLOWS|WITHIN|SUCCEEDED_BY|BROADER|MATCHES]->(m)
WHERE r.audience >= $level AND coalesce(m.consent, m.audience) >= $level
WITH DISTINCT n.uid AS here, type(r) AS verb, m.uid AS there, coalesce(r.role, '') AS role,
  coalesce(toString(r.from), '') AS since, coalesce(toString(r.to), '') AS until
ORDER BY here, verb, there, since, until, role
RETURN collect([here, verb, there, role, since, until]) AS page
