// Who else may touch these things before this batch ends? Nobody: setting null would take no lock.
// $ids: list of identifier uids, sorted; $uids: list of record uids, sorted
CYPHER replan=skip
CALL () {
  UNWIND $ids AS id
  MERGE (i:Identifier {uid: id})
  ON MATCH SET i.lock = true
  REMOVE i.lock
}
CALL () {
  UNWIND $uids AS uid
  MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
  SET r.lock = true
  REMOVE r.lock
}
