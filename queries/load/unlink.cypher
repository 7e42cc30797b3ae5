// Which records leave the thing they describe?
// $rows: list of record uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[d:DESCRIBES]->() USING INDEX SEEK r:Record(uid)
DELETE d
