// Whose records are at the other ends of what these records said or were told of?
// $uids: list of record uids
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->()-[x]-() USING INDEX SEEK r:Record(uid)
WHERE x.from_record = uid OR x.to_record = uid
UNWIND [x.from_record, x.to_record] AS end
RETURN DISTINCT end AS uid
