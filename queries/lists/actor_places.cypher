// Where are they? Where they are based and what they serve, by name.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// Many share a few: each place comes once, with the places in $parents of those whose it is.
UNWIND range(0, size($parents) - 1) AS at
MATCH (a:Actor {uid: $parents[at]})-[r:BASED_IN|SERVES]->(p:Place)
WHERE a.consent >= $level AND r.audience >= $level
WITH p, collect(DISTINCT at) AS whose
WHERE p.audience >= $level
ORDER BY p.name, p.uid
RETURN collect([['Place'] + [c IN $cols | p[c]], whose]) AS pages
