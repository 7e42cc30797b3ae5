// How many loads have there been?
// $parents: [string], the root alone
// $level: int, the viewer's level
UNWIND $parents AS parent
CALL (parent) {
  MATCH (l:Load)
  WHERE $level <= 1
  RETURN count(l) AS total
}
RETURN collect([parent, total]) AS pages
