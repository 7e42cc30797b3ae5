// Where do these projects work, on what, and which do they follow on from? In columns.
// $first, $last: string, the lowest uid of a project and the highest
// $level: integer, the viewer's level
MATCH (j:Project) WHERE j.uid >= $first AND j.uid <= $last AND j.audience >= $level
MATCH (j)-[r:SERVES|WORKS_ON|FOLLOWS]->(x:Place|Theme|Project)
WHERE r.audience >= $level AND x.audience >= $level
RETURN [collect(type(r)), collect(j.uid), collect(x.uid)] AS columns
