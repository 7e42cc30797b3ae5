// Who are these, where are they, what do they work on and to which networks do they belong?
// $uids: list of string, of actors
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (n:Actor {uid: uid}) WHERE n.consent >= $level
WITH n ORDER BY n.uid
RETURN collect([
  n.uid,
  n.name,
  CASE WHEN n:Person THEN 'person' WHEN n:Network THEN 'network' ELSE 'organisation' END,
  n.kind,
  COLLECT {
    MATCH (n)-[r:BASED_IN|SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    WITH DISTINCT p.uid AS uid, p.name AS name WHERE name IS NOT NULL
    RETURN [uid, name] ORDER BY name, uid
  },
  COLLECT {
    MATCH (n)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    WITH DISTINCT t.label AS label WHERE label IS NOT NULL
    RETURN label ORDER BY label
  },
  COLLECT {
    MATCH (n)-[r:MEMBER_OF]->(w:Network) WHERE r.audience >= $level AND w.consent >= $level
    WITH DISTINCT w.name AS name WHERE name IS NOT NULL
    RETURN name ORDER BY name
  }
]) AS page
