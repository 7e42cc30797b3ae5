// How far did a load of this file get, and is another file of its part half-way?
// $uid: string
MATCH (l:Load {uid: $uid})
RETURN l.state AS state, l.read AS read, l.accepted AS accepted, l.refused AS refused,
       EXISTS { MATCH (other:Load {source: l.source, part: l.part}) WHERE other.state = 'running' } AS another
