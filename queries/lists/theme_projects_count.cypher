// How many? Which projects are about this? By title.
// $parents: [string], uids
// $themes: map, for each of them the uids of all that counts as it
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (t:Theme)<-[r:WORKS_ON]-(p:Project)
  WHERE t.uid IN $themes[parent] AND t.audience >= $level AND r.audience >= $level AND p.audience >= $level
  RETURN count(DISTINCT p) AS total
}
RETURN collect([parent, total]) AS pages
