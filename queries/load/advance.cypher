// Is this batch in, if it was not before? The rows read so far are the key.
// $uid: string; $before, $after: integers, rows read
CYPHER replan=skip
MATCH (l:Load {uid: $uid}) USING INDEX SEEK l:Load(uid)
WITH l, l.rows AS stood
SET l.rows = CASE WHEN l.state = 'running' AND $before <= stood AND stood < $after THEN $after ELSE stood END
RETURN stood, l.state AS state
