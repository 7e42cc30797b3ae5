// How far is this load?
// $uid: string, the load's
// $level: integer, the viewer's level: loads are for stewards
MATCH (l:Load {uid: $uid})
WHERE $level <= 1
RETURN l {.*} AS load
