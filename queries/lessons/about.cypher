// What did these projects learn, where, on what, until when, and who says so?
// $uids: list of string, uids of projects
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (j:Project {uid: uid}) WHERE j.lessons IS NOT NULL AND j.audience >= $level
RETURN collect({
  uid: j.uid, title: coalesce(j.title, j.uid), lessons: j.lessons,
  starts: toString(j.starts), ends: toString(j.ends), status: j.status,
  themes: COLLECT {
    MATCH (j)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
    WITH DISTINCT t RETURN [t.uid, t.label] ORDER BY t.label, t.uid
  },
  places: COLLECT {
    MATCH (j)-[r:SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
    WITH DISTINCT p RETURN p.name ORDER BY p.name, p.uid
  },
  sources: COLLECT {
    // Whose record says it: one that but mentions the project may be of a row that is hidden.
    MATCH (j)<-[:DESCRIBES]-(d:Record) MATCH (s:Source {slug: d.source})
    WHERE s.audience >= $level AND d.fields CONTAINS '"lessons":'
    WITH DISTINCT s RETURN s.slug ORDER BY s.slug
  }
}) AS page
