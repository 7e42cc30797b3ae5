// What is known of each source, and of which day are the ties?
CYPHER replan=skip
OPTIONAL MATCH (f:Field)
WITH max(f.as_of) AS as_of
OPTIONAL MATCH (s:Source)
RETURN as_of,
       collect(s {.slug, .reliability, .audience, .public}) AS sources
