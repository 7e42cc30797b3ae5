// What is this? By uid, or by a handle that it answers to.
// $parents: [string], uids, handles or a source's slug
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// $kinds: [string], the kinds wanted
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Actor {uid: parent}) WHERE n.consent >= $level RETURN n
  UNION
  MATCH (n:Project {uid: parent}) WHERE n.audience >= $level RETURN n
  UNION
  MATCH (n:Place {uid: parent}) WHERE n.audience >= $level RETURN n
  UNION
  MATCH (n:Theme {uid: parent}) WHERE n.audience >= $level RETURN n
  UNION
  MATCH (n:Source {slug: parent}) WHERE n.audience >= $level RETURN n
  UNION
  // A handle is made of the record's uid, which may be guessed: it answers those who may see it.
  MATCH (r:Record {handle: parent})-[:DESCRIBES]->(n)
  MATCH (s:Source {slug: r.source})
  WHERE s.audience >= $level AND coalesce(n.consent, n.audience) >= $level
    AND (s.public OR coalesce(n.consent_rest, n.consent, n.audience) >= $level)
  RETURN n
}
WITH parent, n, CASE
  WHEN n:Person THEN 'Person'
  WHEN n:Network THEN 'Network'
  WHEN n:Organisation THEN 'Organisation'
  WHEN n:Project THEN 'Project'
  WHEN n:Place THEN 'Place'
  WHEN n:Theme THEN 'Theme'
  ELSE 'Source'
END AS kind
WHERE kind IN $kinds OR (kind = 'Network' AND 'Organisation' IN $kinds)
WITH parent, [kind] + [c IN $cols | coalesce(n[c], CASE c WHEN 'uid' THEN n.slug END)] AS row
RETURN collect([parent, [[null, row[1], row]]]) AS pages
