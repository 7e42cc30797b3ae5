// What are the places called? Every place the viewer may see.
// $level: integer, the viewer's level
MATCH (l:Place) WHERE l.audience >= $level AND l.name IS NOT NULL
RETURN collect([l.uid, l.name]) AS page
