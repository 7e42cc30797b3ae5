// Is somebody working on this load? They say so, for a while from now.
// $uid: string, of the load; $lasts: integer, milliseconds for which it holds
MATCH (l:Load {uid: $uid, state: 'running'})
MERGE (p:Pulse {load: l.uid})
SET p.until = timestamp() + $lasts
