// Which sources are there, by their short names?
MATCH (s:Source)
RETURN s.slug AS source, s.title AS title
ORDER BY source
