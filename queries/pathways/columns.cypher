// Which ties start from these actors? In columns, for the snapshot.
// $first, $last: string, the lowest uid and the highest
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (a:Actor) WHERE a.uid >= $first AND a.uid <= $last AND a.consent >= $level
MATCH (a)-[t:TIE]->(b:Actor) WHERE t[$step] > 0 AND b.consent >= $level
RETURN collect(a.uid) AS here, collect(b.uid) AS there, collect(t[$step]) AS step
