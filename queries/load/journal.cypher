// How far did a load of this file get?
// $uid: string
MATCH (l:Load {uid: $uid})
RETURN l.state AS state, l.read AS read, l.accepted AS accepted, l.refused AS refused
