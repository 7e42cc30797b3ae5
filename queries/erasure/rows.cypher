// Which rows are these records, or speak of them, and what do they say in all?
// $uids: list of record uids
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})
CALL (r) {
  WITH r WHERE r.digest IS NOT NULL
  RETURN r AS said
  UNION
  MATCH (said:Record)-[:MENTIONS]->(r)
  RETURN said
}
WITH DISTINCT said
RETURN said {.uid, .kind, .source, .fields, .date, .branch,
    ids: COLLECT { MATCH (said)-[:IDENTIFIED_BY]->(i) RETURN i.uid }} AS row,
  [said.load] + coalesce(said.other_loads, []) AS loads,
  COLLECT {
    MATCH (said)-[m:MENTIONS]->(t:Record)
    RETURN t {role: m.role, .uid, .kind, .source, .fields, .date, .branch,
      ids: COLLECT { MATCH (t)-[:IDENTIFIED_BY]->(i) RETURN i.uid }}
  } AS mentions,
  COLLECT {
    MATCH (said)-[:MENTIONS]->{0,1}(:Record)-[:DESCRIBES]->(a)
    MATCH (a)-[x]->()
    WHERE x.record = said.uid AND NOT coalesce(x.derived, false)
    WITH DISTINCT x ORDER BY x.uid
    RETURN {verb: type(x), props: properties(x)}
  } AS edges
ORDER BY row.uid
