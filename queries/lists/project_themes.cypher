// What is this project about? Themes by label.
// $parents: [string], uids
// $cols: [string], the properties wanted
// $level: int, the viewer's level
// Many share a few: each theme comes once, with the places in $parents of those whose it is.
UNWIND range(0, size($parents) - 1) AS at
MATCH (j:Project {uid: $parents[at]})-[r:WORKS_ON]->(t:Theme)
WHERE j.audience >= $level AND r.audience >= $level
WITH t, collect(DISTINCT at) AS whose
WHERE t.audience >= $level
ORDER BY t.label, t.uid
RETURN collect([['Theme'] + [c IN $cols | t[c]], whose]) AS pages
