// Which other files of this part does the journal know?
// $slug, $part, $uid: strings
MATCH (l:Load {source: $slug, part: $part})
WHERE l.uid <> $uid
RETURN l.uid AS uid, l.file AS file, l.state AS state, l.retrieved AS retrieved, l.newest AS newest
ORDER BY l.finished DESC
