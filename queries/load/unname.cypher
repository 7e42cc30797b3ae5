// Whose names are given up before they are given anew, so that two things may exchange them?
// $rows: list of record uids
CYPHER replan=skip
UNWIND $rows AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->(e) USING INDEX SEEK r:Record(uid)
SET e.uid = null
