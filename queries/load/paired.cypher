// Whom does shared membership of these bodies tie so far?
// $rows: list of strings: how the uids of one body's evidence begin
CYPHER replan=skip
UNWIND $rows AS prefix
MATCH ()-[x:OBSERVED]->() USING INDEX SEEK x:OBSERVED(uid)
WHERE x.uid STARTS WITH prefix
UNWIND [x.from_record, x.to_record] AS end
RETURN DISTINCT end AS uid
