// Which records carry which identifiers, and what do they describe? People, organisations, projects.
// $after: string, uid of the thing to begin behind
// $limit: integer, how many things at once
// $place: string or null, uid: only what is based in or serves it, or a place within it
// $theme: string or null, uid: only what works on it, or on a narrower theme
// $level: integer, the viewer's level
MATCH (e:Person|Organisation|Project)
WHERE e.uid > $after AND coalesce(e.consent, e.audience) >= $level
  AND EXISTS { (e)<-[:DESCRIBES]-(:Record)-[:IDENTIFIED_BY]->(:Identifier) }
  AND ($place IS NULL OR EXISTS {
    MATCH way = (e)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($theme IS NULL OR EXISTS {
    MATCH way = (e)-[:WORKS_ON]->(:Theme)-[:BROADER*0..6]->(:Theme {uid: $theme})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(t IN nodes(way) WHERE coalesce(t.consent, t.audience) >= $level)
  })
WITH e ORDER BY e.uid LIMIT $limit
RETURN e.uid AS uid, coalesce(e.name, e.title) AS name, coalesce(e.also_known_as, []) AS others,
  CASE WHEN e:Person THEN 'person' WHEN e:Organisation THEN 'organisation' ELSE 'project' END AS kind,
  COLLECT {
    MATCH (e)<-[:DESCRIBES]-(r:Record)-[:IDENTIFIED_BY]->(i:Identifier)
    MATCH (s:Source {slug: r.source})
    WHERE s.audience >= $level
      AND (coalesce(s.public, false) OR coalesce(e.consent_rest, e.consent, e.audience) >= $level)
      AND NOT i.uid STARTS WITH 'name-' AND NOT i.uid STARTS WITH 'local-'
    WITH r, i ORDER BY r.uid, i.uid
    RETURN [r.uid, r.source, i.uid, coalesce(r.branch, false)]
  } AS carried
