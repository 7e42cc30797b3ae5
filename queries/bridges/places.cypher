// Which places lie directly in which? Every place the viewer may see.
// $level: integer, the viewer's level
MATCH (l:Place) WHERE l.audience >= $level
RETURN collect([
  l.uid,
  l.kind,
  COLLECT {
    MATCH (l)-[r:WITHIN]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    RETURN DISTINCT p.uid
  }
]) AS page
