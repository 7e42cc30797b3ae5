// How many? Who works on this? By name.
// $parents: [string], uids
// $themes: map, for each of them the uids of all that counts as it
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (t:Theme)<-[r:WORKS_ON]-(b:Actor)
  WHERE t.uid IN $themes[parent] AND t.audience >= $level AND r.audience >= $level AND b.consent >= $level
  RETURN count(DISTINCT b) AS total
}
RETURN collect([parent, total]) AS pages
