// Which of these mentions stand, and what would they be without the dropped rows?
// $uids, $losing: lists of mention uids; $dropped: list of row uids
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (m:Record {uid: uid}) USING INDEX SEEK m:Record(uid)
CALL (m, uid) {
  WITH m, uid
  WHERE uid IN $losing
  MATCH (m)<-[:MENTIONS]-(row)
  WHERE NOT row.uid IN $dropped
  RETURN max(row.date) AS newest, count(row) AS others
  UNION
  WITH m, uid
  WHERE NOT uid IN $losing
  RETURN m.date AS newest, 1 AS others
}
RETURN uid, m.date AS was, max(newest) AS date, sum(others) AS others
