// Of which records is somebody made, and which of their identifiers does somebody else carry too?
// $uid: string, of the person
MATCH (n:Actor {uid: $uid})<-[:DESCRIBES]-(r:Record)
RETURN n.name AS name, r {.uid, .kind, .source, .fields, .date, .branch,
    ids: COLLECT { MATCH (r)-[:IDENTIFIED_BY]->(i) RETURN i.uid }} AS record,
  COLLECT {
    MATCH (r)-[:IDENTIFIED_BY]->(i)
    WHERE EXISTS { MATCH (i)<-[:IDENTIFIED_BY]-(:Record)-[:DESCRIBES]->(o) WHERE o <> n }
    RETURN i.uid
  } AS shared
ORDER BY record.uid
