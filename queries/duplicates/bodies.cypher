// Which organisations are these actors, do they work for or lead, and what are those branches of?
// $uids: list of string, uids of actors
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid})
MATCH way = (x)-[:WORKS_FOR|LEADS*0..1]->(:Actor)-[:PART_OF*0..5]->(o:Organisation)
WHERE all(r IN relationships(way) WHERE r.audience >= $level)
  AND all(n IN nodes(way) WHERE n.consent >= $level)
WITH DISTINCT x.uid AS here, o
RETURN [collect(here), collect(o.uid), collect(coalesce(o.name, o.uid))] AS columns
