// Whose records are these?
// $uids: list of record uids
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})
RETURN DISTINCT r.source AS source
