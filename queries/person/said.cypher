// What have I said through Tieline, whether it stands or was said otherwise later?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: one's own words are told at any
// two MATCHes: within one, the record that is asked by could not be found once more
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)<-[:DESCRIBES]-(h:Record)
WITH DISTINCT 'own-word:' + h.handle AS slug
MATCH (r:Record {source: slug}) USING INDEX r:Record(source)
WHERE $level >= 1 AND r.digest IS NOT NULL
RETURN r.uid AS uid, r.kind AS kind, r.fields AS fields, r.date AS date
ORDER BY date, uid
