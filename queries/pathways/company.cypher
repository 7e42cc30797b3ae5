// Who is on these routes, which networks are they in, and whom does one ask where the go-between is an organisation?
// $uids: list of string, uids of the actors on the routes
// $me: string or null, uid of the viewer, who is always visible to themselves
// $level: integer, the viewer's level
OPTIONAL MATCH (f:Field)
WITH coalesce(toString(f.as_of), '') AS today
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level OR x.uid = $me
RETURN x.uid AS uid, x.name AS name, x:Person AS person,
  COLLECT {
    CALL (x) {
      MATCH (x) WHERE x:Network RETURN x AS n
      UNION
      MATCH (x)-[r:MEMBER_OF]->(n:Network) WHERE r.audience >= $level AND n.consent >= $level
      RETURN n
      UNION
      MATCH (x)-[r:WORKS_FOR|LEADS]->(o:Organisation)-[s:MEMBER_OF]->(n:Network)
      WHERE r.audience >= $level AND s.audience >= $level
        AND o.consent >= $level AND n.consent >= $level
      RETURN n
    }
    WITH n ORDER BY n.uid
    RETURN [n.uid, n.name]
  } AS networks,
  COLLECT {
    MATCH (h:Person)-[r:LEADS|WORKS_FOR]->(x:Organisation)
    WHERE r.audience >= $level AND h.consent >= $level AND coalesce(h.taking_requests, true)
      AND NOT h.uid IN $uids AND (r.to IS NULL OR toString(r.to) >= today)
    WITH h, min(CASE type(r) WHEN 'LEADS' THEN 0 ELSE 1 END) AS rank ORDER BY rank, h.uid LIMIT 1
    RETURN [h.uid, h.name]
  } AS ask,
  COLLECT {
    UNWIND $uids AS other
    MATCH (y:Actor {uid: other})-[r:WORKS_FOR|MEMBER_OF|LEADS]->(x)
    WHERE r.audience >= $level AND y.consent >= $level
    RETURN DISTINCT y.uid
  } AS belong
