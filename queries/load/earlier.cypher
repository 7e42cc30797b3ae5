// Which other file of this part is in already?
// $slug, $part, $uid: strings
MATCH (l:Load {source: $slug, part: $part})
WHERE l.uid <> $uid AND l.state = 'finished'
RETURN l.file AS file
ORDER BY file
LIMIT 1
