// Who had been asked lately by a day, and how easy was it then to go through them?
// $since, $day: strings, dates: asks of later days than the one count, up to the other
// $capacity: number, what someone can take who has not said
// $level: integer, the viewer's level
MATCH (k:Ask) WHERE toString(k.on) > $since AND toString(k.on) <= $day
MATCH (:Record {handle: k.of})-[:DESCRIBES]->(x:Person) WHERE x.consent >= $level
WITH x, count(DISTINCT k.by + ' ' + toString(k.on)) AS lately
RETURN x.uid AS uid,
  1 / (1 + lately / toFloat(CASE WHEN x.capacity >= 1 THEN x.capacity ELSE $capacity END)) AS ease
