// What does this record describe now?
// $uid: string, of the record
MATCH (:Record {uid: $uid})-[:DESCRIBES]->(n)
RETURN n.uid AS uid, coalesce(n.name, n.title, n.label) AS name
