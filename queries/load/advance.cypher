// Is this batch in, if it was not before? The rows read so far are the key; nobody else of the source moves.
// $slug, $uid: strings; $before, $after: integers, rows read
CYPHER replan=skip
MATCH (s:Source {slug: $slug}) USING INDEX SEEK s:Source(slug)
SET s.lock = true
REMOVE s.lock
WITH s
MATCH (l:Load {uid: $uid}) USING INDEX SEEK l:Load(uid)
WITH l, l.rows AS stood
SET l.rows = CASE WHEN l.state = 'running' AND $before <= stood AND stood < $after THEN $after ELSE stood END
RETURN stood, l.state AS state
