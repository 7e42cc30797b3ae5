// Who am I, as it is told of me?
// $me: string, a handle of the viewer
// $level: integer, the viewer's level: what is one's own is shown at any
MATCH (:Record {handle: $me})-[:DESCRIBES]->(i:Person)
RETURN i {.uid, .name, .also_known_as, .pronouns, .bio, .consent, .capacity, .taking_requests,
  last_confirmed: toString(i.last_confirmed), level: $level} AS me
