// To whom is any of these tied, as far as the viewer may see?
// $uids: list of string, uids of actors
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid})-[t:TIE]->(y:Actor)
WHERE t[$step] IS NOT NULL AND t.audience >= $level AND x.consent >= $level AND y.consent >= $level
RETURN collect(DISTINCT y.uid) AS uids
