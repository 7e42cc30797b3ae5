// How far is this load, and does anybody work on it? For how long they say so is told, in milliseconds.
// $uid: string, the load's
// $level: integer, the viewer's level: loads are for stewards
MATCH (l:Load {uid: $uid})
WHERE $level <= 1
OPTIONAL MATCH (p:Pulse {load: $uid})
WITH l, CASE WHEN l.state = 'running' THEN coalesce(p.until, 0) - timestamp() END AS left
RETURN l {.*, state: CASE WHEN left <= 0 THEN 'interrupted' ELSE l.state END} AS load, left
