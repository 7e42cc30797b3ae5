// Who else may load or withdraw what this source says, before this batch ends? Nobody.
// $slug: string
CYPHER replan=skip
MATCH (s:Source {slug: $slug}) USING INDEX SEEK s:Source(slug)
SET s.lock = true
REMOVE s.lock
RETURN s.slug AS slug
