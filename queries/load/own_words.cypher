// Under which names has this actor spoken, and as `me`: which of them say who they are?
// $uid: string, of the actor
MATCH (p:Actor {uid: $uid})<-[:DESCRIBES]-(r:Record)
WHERE r.source STARTS WITH 'own-word:'
  AND (r.uid STARTS WITH r.source + ':me' OR r.fields CONTAINS '"own_word":"self"')
RETURN r.source AS slug, max(CASE WHEN r.uid = r.source + ':me' THEN 1 ELSE 0 END) = 1 AS me
ORDER BY slug
