// What exactly was said? Records by uid.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (r:Record {uid: parent})-[:DESCRIBES]->(n)
  MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level AND coalesce(n.consent, n.audience) >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
    AND (r.digest IS NOT NULL OR r.fields <> '{}' OR EXISTS {
    // A bare mention says no more than the row does that makes it.
    MATCH (n)-[x]-(m)
    WHERE r.uid IN [x.from_record, x.to_record] AND x.audience >= $level
      AND coalesce(m.consent, m.audience) >= $level
  })
  WITH r
  ORDER BY r.uid
  RETURN collect([r.uid, r.uid, ['Record'] + [c IN $cols | r[c]]]) AS rows
}
RETURN collect([parent, rows]) AS pages
