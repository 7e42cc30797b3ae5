// Which identifiers does nobody carry any more?
// $rows: list of identifier uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (i:Identifier {uid: uid}) USING INDEX SEEK i:Identifier(uid)
WHERE NOT EXISTS { (i)<-[:IDENTIFIED_BY]-() }
DELETE i
