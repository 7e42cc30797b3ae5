// Is the whole file in?
// $uid: string; $figures: map of read, accepted, refused and finished
MATCH (l:Load {uid: $uid})
SET l += $figures, l.state = 'finished'
