// Which record is meant: this one, or the one that lends its name to a thing?
// $id: string, the uid of a record, or a uid or handle of a thing
// $level: integer, the viewer's level
CALL () {
  MATCH (r:Record {uid: $id}) RETURN r
  UNION
  MATCH (r:Record {handle: $id}) RETURN r
}
MATCH (r)-[:DESCRIBES]->(n) WHERE coalesce(n.consent, n.audience) >= $level
RETURN r.uid AS record
