// Who leads these projects, who is a partner in them, who pays for them? In columns.
// $first, $last: string, the lowest uid of a project and the highest
// $level: integer, the viewer's level
MATCH (j:Project) WHERE j.uid >= $first AND j.uid <= $last AND j.audience >= $level
MATCH (j)<-[r:LEADS|PARTNERS_ON|FUNDS]-(x:Actor)
WHERE r.audience >= $level AND x.consent >= $level
RETURN [collect(type(r)), collect(j.uid), collect(x.uid)] AS columns
