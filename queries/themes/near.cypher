// What is said to match these themes, and what lies directly above and below them?
// $uids: [string], uids of themes
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (t:Theme {uid: uid}) WHERE t.audience >= $level
RETURN collect([
  t.uid,
  COLLECT {
    MATCH (t)-[r:MATCHES]-(u:Theme) WHERE r.audience >= $level AND u.audience >= $level
    WITH r, u ORDER BY u.uid, r.uid
    RETURN [u.uid, r.predicate, startNode(r) = t, r.confidence, r.justification, r.by, r.comment, r.source]
  },
  COLLECT {
    MATCH (t)-[r:BROADER]->(u:Theme) WHERE r.audience >= $level AND u.audience >= $level
    WITH u, r.source AS source ORDER BY u.uid, source
    RETURN [u.uid, source]
  },
  COLLECT {
    MATCH (t)<-[r:BROADER]-(u:Theme) WHERE r.audience >= $level AND u.audience >= $level
    WITH u, r.source AS source ORDER BY u.uid, source
    RETURN [u.uid, source]
  }
]) AS page
