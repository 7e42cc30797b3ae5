// Who else may load or withdraw what these sources say, before this ends? Nobody.
// $slugs: list of string, sorted
CYPHER replan=skip
UNWIND $slugs AS slug
MATCH (s:Source {slug: slug}) USING INDEX SEEK s:Source(slug)
SET s.lock = true
REMOVE s.lock
