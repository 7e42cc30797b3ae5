// How far did a load of this file get, is another of its part half-way, and what is its source?
// $uid: string
MATCH (l:Load {uid: $uid})
MATCH (s:Source {slug: l.source})
RETURN l.state AS state, l.read AS read, l.accepted AS accepted, l.refused AS refused, l.retrieved AS retrieved,
       properties(s) AS source,
       EXISTS { MATCH (other:Load {source: l.source, part: l.part}) WHERE other.state = 'running' } AS another
