// Which rows do these files say no more, while another part of the source still does?
// $rows: list of row uids; $own: list of Load uids, of the part
UNWIND $rows AS uid
MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
WITH r, [x IN [r.load] + coalesce(r.other_loads, []) WHERE NOT x IN $own] AS left
SET r.load = head(left), r.other_loads = CASE WHEN size(left) > 1 THEN tail(left) END
