// Who asks, and whom for? Only those the viewer may see; how many ties each has decides the shape of the search.
// $uids: list of string, uids of actors
// $me: string or null, uid of the viewer, who is always visible to themselves
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level OR x.uid = $me
RETURN x.uid AS uid, x.name AS name, x:Person AS person,
  COUNT { (x)-[:TIE]->() } AS outward, COUNT { ()-[:TIE]->(x) } AS inward
