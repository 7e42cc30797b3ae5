// What has this actor said of that one through Tieline, whether it stands or not?
// $from, $to: strings, uids of the two; $slugs: list of string, the first one's own words
MATCH (a:Actor {uid: $from})<-[:DESCRIBES]-(one:Record) WHERE one.source IN $slugs
MATCH (one)<-[:MENTIONS {role: 'from'}]-(r:Record)-[:MENTIONS {role: 'to'}]->(two:Record)
MATCH (two)-[:DESCRIBES]->(b:Actor {uid: $to})
WHERE r.digest IS NOT NULL
RETURN r {.uid, .kind, .source, .fields, .date, .branch, ids: []} AS row,
  [m IN [one, two] | m {.uid, .kind, .source, .fields, .date, .branch,
    ids: [(m)-[:IDENTIFIED_BY]->(i) | i.uid]}] AS ends,
  COLLECT { MATCH (a)-[o:OBSERVED]->(b) WHERE o.record = r.uid RETURN o.said } AS audience,
  EXISTS { MATCH (a)-[o:OBSERVED]->(b) WHERE o.record = r.uid } AS stands
ORDER BY row.uid
