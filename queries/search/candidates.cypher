// What might be meant? Everything one of whose names holds these words, and that the viewer may see.
// $words: string, the words as the full-text index reads them
// $labels: list of string, labels of the kinds wanted
// $place: string or null, uid: only what is based in or serves it or a place within it, and those places
// $themes: list of string or null, uids: only what works on one of them, and those themes
// $level: integer, the viewer's level
CALL db.index.fulltext.queryNodes('names', $words) YIELD node AS n
WITH n WHERE coalesce(n.consent, n.audience) >= $level AND any(label IN labels(n) WHERE label IN $labels)
  AND ($place IS NULL OR EXISTS {
    MATCH way = (n)-[:BASED_IN|SERVES*0..1]->(:Place)-[:WITHIN*0..8]->(:Place {uid: $place})
    WHERE all(r IN relationships(way) WHERE r.audience >= $level)
      AND all(p IN nodes(way) WHERE coalesce(p.consent, p.audience) >= $level)
  })
  AND ($themes IS NULL OR n.uid IN $themes OR EXISTS {
    MATCH (n)-[r:WORKS_ON]->(t:Theme)
    WHERE t.uid IN $themes AND r.audience >= $level AND t.audience >= $level
  })
RETURN collect([
  n.uid,
  coalesce(n.name, n.title, n.label),
  coalesce(n.also_known_as, []) + coalesce(n.alt_labels, []) + coalesce(n.hidden_labels, []),
  CASE WHEN n:Person THEN 'person' WHEN n:Network THEN 'network'
    WHEN n:Organisation THEN 'organisation' WHEN n:Project THEN 'project'
    WHEN n:Place THEN 'place' ELSE 'theme' END
]) AS page
