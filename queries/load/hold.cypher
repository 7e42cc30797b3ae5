// Who else may load or withdraw what this source says, before this batch ends? Nobody.
// $slug: string
MATCH (s:Source {slug: $slug})
SET s.lock = true
REMOVE s.lock
RETURN s.slug AS slug
