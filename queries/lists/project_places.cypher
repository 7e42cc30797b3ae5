// Where does this project work? Places by name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// Many share a few: each place comes once, with the places in $parents of those whose it is.
UNWIND range(0, size($parents) - 1) AS at
MATCH (j:Project {uid: $parents[at]})-[r:SERVES]->(p:Place)
WHERE j.audience >= $level AND r.audience >= $level
WITH p, collect(DISTINCT at) AS whose
WHERE p.audience >= $level
ORDER BY p.name, p.uid
RETURN collect([['Place'] + [c IN $cols | p[c]], whose]) AS pages
