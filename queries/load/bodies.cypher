// Whom does each source name as members of these bodies, and who may see that?
// $uids: list of record uids, of organisations
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->(b:Organisation) USING INDEX SEEK r:Record(uid)
WITH DISTINCT b
MATCH (b)<-[x:WORKS_FOR|MEMBER_OF|LEADS|ADVISES]-(p:Person)
WITH b, x.source AS source, p, max(x.audience) AS audience, min(x.from_record) AS from_record,
     min(x.record) AS record,
     collect(x.from) AS begins, collect(x.to) AS ends, count(*) AS times
ORDER BY from_record
WITH b, source, collect({from_record: from_record, audience: audience, record: record,
       begins: begins, ends: ends, times: times}) AS members
CALL (b, source) {
  MATCH (b)<-[:DESCRIBES]-(m:Record)
  WHERE m.source = source
  RETURN min(m.uid) AS key
}
RETURN source, key, members
