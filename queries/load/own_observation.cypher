// Which row said this, and whose own word is it?
// $uid: string, of the observation
MATCH (a:Actor)-[o:OBSERVED {uid: $uid}]->(b:Actor)
RETURN o.source AS source, o.record AS record, o.kind AS kind, o.reporter AS reporter, a.uid AS from, b.uid AS to,
  a.name AS from_name, b.name AS to_name
