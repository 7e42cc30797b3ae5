// Which requests for introductions do I stand in, and what was judged of my records?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: what concerns oneself is told at any
// $least: integer, 0 for oneself; for a steward 1: what only the person may see is left out
// two MATCHes: within one, the record that is asked by could not be found once more
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
MATCH (i)<-[:DESCRIBES]-(h:Record)
WHERE $level >= 1
WITH collect(h.handle) AS handles, collect(h.uid) AS uids
RETURN COLLECT {
    MATCH (k:Ask)
    WHERE (k.of IN handles OR k.by IN handles OR k.to IN handles) AND NOT EXISTS {
      MATCH (h:Record)-[:DESCRIBES]->(a:Actor)
      WHERE h.handle IN [k.of, k.by, k.to] AND a.consent < $least
    }
    RETURN {on: toString(k.on), outcome: k.outcome,
      role: CASE WHEN k.of IN handles THEN 'go-between' WHEN k.by IN handles THEN 'asker' ELSE 'asked for' END}
    ORDER BY k.on, k.uid
  } AS requests,
  COLLECT {
    MATCH (j:Judgement|Retraction)
    WHERE (j.left IN uids OR j.right IN uids) AND NOT EXISTS {
      MATCH (r:Record)-[:DESCRIBES]->(e)
      WHERE r.uid IN [j.left, j.right]
      MATCH (s:Source {slug: r.source})
      WHERE s.audience < $least OR coalesce(e.consent, e.audience) < $least
    }
    RETURN {kind: j.kind, verdict: j.verdict, at: toString(j.at), taken_back: j:Retraction} ORDER BY j.uid
  } AS judgements
