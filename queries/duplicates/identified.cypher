// Which records of people, organisations and projects carry which identifiers?
// Those that several records carry, and those of the registers of charities and companies.
// $registers: list of string, schemes of which a single record counts too
// $after: string, identifier to begin behind
// $limit: integer, how many identifiers at once
// $place: string or null, uid: only what is based in or serves it, or a place within it
// $themes: list of string or null, uids: only what works on one of them
// $level: integer, the viewer's level
MATCH (s:Source) WHERE s.audience >= $level
WITH collect(s.slug) AS read, collect(CASE WHEN s.public THEN s.slug END) AS public
MATCH (i:Identifier)
WHERE i.uid > $after AND NOT i.uid STARTS WITH 'name-' AND NOT i.uid STARTS WITH 'local-'
  AND (COUNT { (i)<-[:IDENTIFIED_BY]-() } > 1
    OR any(register IN $registers WHERE i.uid STARTS WITH register))
WITH i, read, public ORDER BY i.uid LIMIT $limit
OPTIONAL MATCH (i)<-[:IDENTIFIED_BY]-(r:Record)-[:DESCRIBES]->(e:Person|Organisation|Project)
WHERE coalesce(e.consent, e.audience) >= $level
  AND (r.source IN read OR (r.source STARTS WITH 'own-word:' AND r.uid CONTAINS ':added/'))
  AND (r.source IN public OR coalesce(e.consent_rest, e.consent, e.audience) >= $level)
  AND ($place IS NULL OR EXISTS {
    MATCH way = (e)-[:BASED_IN|SERVES]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(x IN relationships(way) WHERE x.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR EXISTS {
    MATCH (e)-[x:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND x.audience >= $level AND t.audience >= $level
  })
WITH i, r, e ORDER BY i.uid, r.uid
// of what somebody added only its handle: whose words they are is told nobody
WITH i, collect([CASE WHEN r.source STARTS WITH 'own-word:' THEN r.handle ELSE r.uid END,
  split(r.source, ':')[0], coalesce(r.branch, false), e.uid,
  CASE WHEN e:Person THEN 'person' WHEN e:Organisation THEN 'organisation' ELSE 'project' END,
  coalesce(e.name, e.title), coalesce(e.also_known_as, [])]) AS held
ORDER BY i.uid
RETURN collect([i.uid, held]) AS page
