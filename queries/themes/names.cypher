// Which places and organisations are named here, so that their names are taken for no theme?
// $level: integer, the viewer's level
MATCH (n:Place|Organisation) WHERE coalesce(n.consent, n.audience) >= $level AND n.name IS NOT NULL
RETURN collect(DISTINCT n.name) AS page
