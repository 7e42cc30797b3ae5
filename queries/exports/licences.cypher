// Who gave what lies here, when was it fetched, and what may be done with it?
// $slugs: list of string, of sources
// $level: integer, the viewer's level
MATCH (s:Source) WHERE s.audience >= $level AND s.slug IN $slugs
WITH s ORDER BY s.slug
RETURN collect([s.slug, coalesce(s.title, s.slug), s.publisher, s.licence, toString(s.retrieved)]) AS page
