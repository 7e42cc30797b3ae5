// Which sources are there, by their short names? Not whose own words they are.
MATCH (s:Source)
WHERE NOT s.slug CONTAINS ':'
RETURN s.slug AS source, s.title AS title
ORDER BY source
