// Which file of this part is coming in now? It goes on, or begins again; others half-way are given up.
// $uid, $slug, $part: strings; $retrieved: date as text, or null
MATCH (l:Load {uid: $uid})
SET l.rows = CASE WHEN l.state = 'running' THEN l.rows ELSE 0 END, l.state = 'running',
    l.retrieved = CASE WHEN $retrieved > coalesce(l.retrieved, '') THEN $retrieved ELSE l.retrieved END
WITH l
MATCH (other:Load {source: $slug, part: $part})
WHERE other.uid <> l.uid AND other.state = 'running'
SET other.state = 'replaced'
