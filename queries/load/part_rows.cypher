// Which rows of these files stand, after this one?
// $after, $end: strings, uids between which the source's rows are; $loads: list of Load uids; $most: integer
MATCH (r:Record) USING INDEX SEEK r:Record(uid)
WHERE $after < r.uid < $end AND r.digest IS NOT NULL AND any(load IN [r.load] + coalesce(r.other_loads, []) WHERE load IN $loads)
RETURN r.uid AS uid
ORDER BY r.uid
LIMIT $most
