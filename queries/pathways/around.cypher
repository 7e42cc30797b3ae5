// How much had been recorded of the ties of each of these actors by a day, and who may be asked?
// $uids: list of string, uids of actors
// $day: string, date: what is dated later does not count
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (x:Actor {uid: uid}) WHERE x.consent >= $level
RETURN x.uid AS uid, NOT coalesce(x.taking_requests, true) AS closed,
  COUNT {
    MATCH (x)-[o:OBSERVED]-(y:Actor)
    WHERE o.audience >= $level AND y.consent >= $level AND (o.on IS NULL OR toString(o.on) <= $day)
  } AS observations
