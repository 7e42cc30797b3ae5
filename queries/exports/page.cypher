// Who is there? A page of actors in the order of their uids, those the viewer may see.
// $after: string, the uid that the page before ended with
// $size: integer, how many
// $level: integer, the viewer's level
MATCH (a:Actor) WHERE a.uid > $after AND a.consent >= $level
WITH a ORDER BY a.uid LIMIT $size
RETURN collect(a.uid) AS uids
