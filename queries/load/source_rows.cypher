// Which rows of this source stand?
// $slug: string; $most: integer
MATCH (r:Record {source: $slug})
WHERE r.digest IS NOT NULL
RETURN r.uid AS uid
ORDER BY uid
LIMIT $most
