// Where do places lie on the map, and what has a place become?
// $level: integer, the viewer's level
RETURN {
  points: COLLECT {
    MATCH (p:Place) WHERE p.audience >= $level AND p.location IS NOT NULL
    RETURN [p.uid, p.location.latitude, p.location.longitude]
  },
  became: COLLECT {
    MATCH (p:Place)-[r:SUCCEEDED_BY]->(q:Place)
    WHERE r.audience >= $level AND p.audience >= $level AND q.audience >= $level
    RETURN DISTINCT [p.uid, q.uid]
  }
} AS ground
