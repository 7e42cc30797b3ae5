// What are these projects called, who leads them, when do they run, what was learnt, who says so?
// $uids: list of string, uids of projects
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (j:Project {uid: uid}) WHERE j.audience >= $level
RETURN j.uid AS uid, coalesce(j.title, j.uid) AS title, j.status AS status, j.lessons AS lessons,
  toString(j.starts) AS starts, toString(j.ends) AS ends,
  COLLECT {
    MATCH (x:Actor)-[r:LEADS]->(j) WHERE r.audience >= $level AND x.consent >= $level
    WITH DISTINCT x ORDER BY x.name, x.uid
    RETURN [x.uid, x.name, COLLECT {
      MATCH (x)-[b:BASED_IN]->(p:Place) WHERE b.audience >= $level AND p.audience >= $level
      WITH DISTINCT p ORDER BY p.name, p.uid RETURN p.name
    }]
  } AS leads,
  COLLECT {
    MATCH (j)<-[:DESCRIBES]-(r:Record)
    // A bare mention says no more than the row does that makes it.
    WHERE r.digest IS NOT NULL OR r.fields <> '{}' OR EXISTS {
      MATCH (j)-[x]-(m)
      WHERE r.uid IN [x.from_record, x.to_record] AND x.audience >= $level
        AND coalesce(m.consent, m.audience) >= $level
    }
    MATCH (s:Source {slug: r.source}) WHERE s.audience >= $level
    WITH r, s ORDER BY r.uid RETURN [r.uid, s.slug]
  } AS records,
  COLLECT {
    MATCH (j)-[r:SERVES|WORKS_ON]->(x:Place|Theme)
    WHERE r.audience >= $level AND x.audience >= $level
    WITH DISTINCT type(r) AS verb, x.uid AS what, r.source AS whose ORDER BY verb, what, whose
    RETURN [verb, what, whose]
  } AS said
