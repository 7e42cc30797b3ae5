// Which rows mention nothing any more?
// $rows: list of row uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[m:MENTIONS]->() USING INDEX SEEK r:Record(uid)
DELETE m
