// Which records that carry one of these identifiers may somebody at this level not see?
// $ids: list of identifier uids; $kind: string, of records; $level: integer, the viewer's level
UNWIND $ids AS id
MATCH (:Identifier {uid: id})<-[:IDENTIFIED_BY]-(r:Record {kind: $kind})-[:DESCRIBES]->(e)
MATCH (s:Source {slug: r.source})
WITH DISTINCT r, s, coalesce(e.consent, e.audience) AS name,
  coalesce(e.consent_rest, e.consent, e.audience) AS rest, r.source STARTS WITH 'own-word:' AS own
WHERE (own AND r.uid STARTS WITH r.source + ':added/' AND name < $level)
  OR (NOT own AND (s.audience < $level OR (CASE WHEN s.public THEN name ELSE rest END) < $level))
RETURN r.uid AS uid
ORDER BY uid
