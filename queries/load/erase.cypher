// Which records are no more?
// $rows: list of record uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
DETACH DELETE r
