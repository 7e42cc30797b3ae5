// Which source is being taken back? Until all of it is, nothing of it is loaded.
// $slug: string
MATCH (s:Source {slug: $slug})
SET s.leaving = true
WITH s
MATCH (l:Load {source: $slug})
SET l.state = 'withdrawn'
