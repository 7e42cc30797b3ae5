// To which bodies do these people belong?
// $uids: list of record uids, of people
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (r:Record {uid: uid})-[:DESCRIBES]->(p:Person) USING INDEX SEEK r:Record(uid)
MATCH (p)-[x:WORKS_FOR|MEMBER_OF|LEADS|ADVISES]->(:Organisation)
RETURN DISTINCT x.to_record AS uid
