// What was said under these headings, and of whom?
// $uids: list of string: how the rows' uids begin
UNWIND $uids AS prefix
MATCH (r:Record) USING INDEX SEEK r:Record(uid)
WHERE r.uid STARTS WITH prefix AND r.digest IS NOT NULL
RETURN DISTINCT r {.uid, .kind, .source, .fields, .date, .branch,
    ids: COLLECT { MATCH (r)-[:IDENTIFIED_BY]->(i) RETURN i.uid }} AS row,
  COLLECT {
    MATCH (r)-[m:MENTIONS]->(t:Record)
    RETURN t {role: m.role, .uid, .kind, .source, .fields, .date, .branch,
      ids: COLLECT { MATCH (t)-[:IDENTIFIED_BY]->(i) RETURN i.uid }}
  } AS mentions
ORDER BY row.uid
