// Which rows does this file say that another part of the source says too? They are both's now.
// $rows: list of row uids; $load: string
UNWIND $rows AS uid
MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
SET r.other_loads = coalesce(r.other_loads, []) + $load
