// Who and what are these, as a map shows them?
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
WITH n ORDER BY n.uid
RETURN collect([
  n.uid,
  coalesce(n.name, n.title, n.label),
  CASE WHEN n:Person THEN 'person' WHEN n:Network THEN 'network'
    WHEN n:Organisation THEN 'organisation' WHEN n:Project THEN 'project'
    WHEN n:Place THEN 'place' ELSE 'theme' END,
  coalesce(n.kind, n.scheme),
  coalesce(n.bio, n.description, n.note),
  n.url,
  coalesce(n.also_known_as, n.alt_labels, []),
  COLLECT {
    MATCH (n)-[r:BASED_IN|SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    WITH DISTINCT p.name AS name WHERE name IS NOT NULL RETURN name ORDER BY name
  },
  COLLECT {
    MATCH (n)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    WITH DISTINCT t.label AS label WHERE label IS NOT NULL RETURN label ORDER BY label
  }
]) AS page
