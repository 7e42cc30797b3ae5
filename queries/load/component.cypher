// Which records carry these identifiers, or are these, and what do they describe now?
// $ids: list of identifier uids; $uids: list of record uids
CYPHER replan=skip
CALL () {
  UNWIND $ids AS id
  MATCH (i:Identifier {uid: id})<-[:IDENTIFIED_BY]-(r:Record) USING INDEX SEEK i:Identifier(uid)
  RETURN r
  UNION
  UNWIND $uids AS uid
  MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
  RETURN r
}
MATCH (r)-[:DESCRIBES]->(e)
RETURN r {.uid, .kind, .source, .fields, .date, .branch, ids: [(r)-[:IDENTIFIED_BY]->(i) | i.uid]} AS record,
       e.uid AS entity, properties(e) AS props, labels(e) AS labels, COUNT { (e)--() } AS degree
