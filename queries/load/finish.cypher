// Is the whole file in? It stands for its part now, and no other file does.
// $uid, $slug, $part: strings; $figures: map of read, accepted, refused, newest and finished
MATCH (l:Load {uid: $uid})
SET l += $figures, l.state = 'finished'
WITH l
MATCH (other:Load {source: $slug, part: $part})
WHERE other.uid <> l.uid
SET other.state = 'replaced'
