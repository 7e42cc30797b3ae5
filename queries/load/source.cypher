// Is there such a source, and how many rows of it stand?
// $slug: string
MATCH (s:Source {slug: $slug})
RETURN s.title AS title, COUNT { (r:Record {source: $slug}) WHERE r.digest IS NOT NULL } AS rows
