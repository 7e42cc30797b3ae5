// What has anybody written down of me, on what basis, and who may read it?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: what is written of oneself is told at any
// $least: integer, 0 for oneself; for a steward 1: what only the person may see is left out
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
WITH i, ['own-word:stewards'] + [(i)<-[:DESCRIBES]-(h:Record) | 'own-word:' + h.handle] AS own
MATCH (i)<-[:DESCRIBES]-(r:Record)
WHERE $level >= 1 AND (r.source IN own OR NOT r.source STARTS WITH 'own-word:')
MATCH (s:Source {slug: r.source})
WHERE coalesce(s.audience, 4) >= $least
  AND ($least = 0 OR r.digest IS NOT NULL OR r.fields <> '{}' OR EXISTS {
    // A bare mention says no more than the row does that makes it.
    MATCH (i)-[x]-(o)
    WHERE r.uid IN [x.from_record, x.to_record] AND x.audience >= $least
      AND coalesce(o.consent, o.audience) >= $least
  })
RETURN r.uid AS uid, r.handle AS handle, r.fields AS fields, r.date AS date,
  COLLECT { MATCH (r)-[:IDENTIFIED_BY]->(x) RETURN x.uid ORDER BY x.uid } AS ids,
  s {.title, .publisher, .licence, .lawful_basis, .contact, .audience, retrieved: toString(s.retrieved)} AS source
ORDER BY uid
