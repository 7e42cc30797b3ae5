// Under which names has this actor spoken through Tieline?
// $uid: string, of the actor
MATCH (p:Actor {uid: $uid})<-[:DESCRIBES]-(r:Record)
WHERE r.uid = r.source + ':me'
RETURN r.source AS slug
ORDER BY slug
