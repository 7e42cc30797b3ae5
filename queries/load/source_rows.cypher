// Which rows of this source stand, after this one?
// $slug: string; $after, $end: strings, uids between which the source's rows are; $most: integer
MATCH (r:Record) USING INDEX SEEK r:Record(uid)
WHERE $after < r.uid < $end AND r.source = $slug AND r.digest IS NOT NULL
RETURN r.uid AS uid
ORDER BY r.uid
LIMIT $most
