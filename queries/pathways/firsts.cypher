// Whom is the asker tied to, and how good is asking them?
// $from: string, uid of the one who asks
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $level: integer, the viewer's level
MATCH (:Actor {uid: $from})-[t:TIE]->(x:Actor) WHERE t[$step] > 0 AND x.consent >= $level
RETURN collect([x.uid, t[$step]]) AS own
