// Does anybody work on this load? Not any more.
// $uid: string, of the load
MATCH (p:Pulse {load: $uid})
DELETE p
