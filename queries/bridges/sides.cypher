// Who is on the smaller side, with which organisations, places and themes?
// $uids: list of string, uids of actors
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level
RETURN collect([
  x.uid,
  x.name,
  COLLECT {
    CALL (x) {
      MATCH (x) WHERE x:Organisation RETURN x AS o
      UNION
      MATCH (x)-[r:WORKS_FOR|LEADS]->(o:Organisation) WHERE r.audience >= $level AND o.consent >= $level
      RETURN o
    }
    RETURN o.name
  },
  COLLECT {
    MATCH (x)-[r:BASED_IN|SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    RETURN DISTINCT p.name
  },
  COLLECT {
    MATCH (x)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    RETURN DISTINCT t.label
  }
]) AS page
