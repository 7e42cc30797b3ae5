// Which of these rows stand already, and what did they say?
// $uids: list of record uids
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (r:Record {uid: uid}) USING INDEX SEEK r:Record(uid)
RETURN r.uid AS uid, r.digest AS digest, [r.load] + coalesce(r.other_loads, []) AS loads, [(r)-[:MENTIONS]->(m) | m.uid] AS mentions
