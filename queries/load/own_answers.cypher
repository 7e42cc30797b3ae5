// What has this actor said of that one through Tieline, and still stands?
// $from, $to: strings, uids of the two; $slugs: list of string, the first one's own words
MATCH (a:Actor {uid: $from})-[o:OBSERVED]->(b:Actor {uid: $to})
WHERE o.source IN $slugs AND o.reporter = 'from'
MATCH (r:Record {uid: o.record})
RETURN o.uid AS uid, o.kind AS kind, toString(o.on) AS on, o.said AS audience,
  r.uid AS record, r.fields AS fields
ORDER BY o.on, r.uid
