// By which names could somebody who was erased have come back?
MATCH (r:Record)
RETURN r.uid AS uid, r.kind AS kind, r.source AS source,
  [(r)-[:IDENTIFIED_BY]->(i) | i.uid] AS ids
