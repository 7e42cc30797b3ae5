// Which rows does this file say that another part of the source said before? They are its own now.
// $rows: list of row uids; $load: string
UNWIND $rows AS uid
MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
SET r.load = $load
