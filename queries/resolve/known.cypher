// Which thing answers to this id: its own, or that of any record that describes it?
// $ids: list of string, uids or handles
// $level: integer, the viewer's level
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Actor {uid: id}) RETURN n
  UNION
  MATCH (n:Project {uid: id}) RETURN n
  UNION
  MATCH (n:Place {uid: id}) RETURN n
  UNION
  MATCH (n:Theme {uid: id}) RETURN n
  UNION
  // A handle is made of the record's uid, which may be guessed: it answers those who may see it.
  MATCH (r:Record {handle: id})-[:DESCRIBES]->(n)
  MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  RETURN n
}
WITH DISTINCT n WHERE coalesce(n.consent, n.audience) >= $level
RETURN n.uid AS uid, coalesce(n.name, n.title, n.label) AS name,
  CASE WHEN n:Person THEN 'person' WHEN n:Network THEN 'network'
    WHEN n:Organisation THEN 'organisation' WHEN n:Project THEN 'project'
    WHEN n:Place THEN 'place' ELSE 'theme' END AS kind
