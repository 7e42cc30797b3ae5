// What has been loaded, and what came of it?
MATCH (l:Load)
WITH l, l.state = 'running' AND NOT EXISTS { MATCH (p:Pulse {load: l.uid}) WHERE p.until > timestamp() } AS left
RETURN l.source AS source, l.part AS part, l.file AS file, l.format AS format,
       CASE WHEN left THEN 'interrupted' ELSE l.state END AS state, l.rows AS rows, l.read AS read, l.accepted AS accepted,
       l.refused AS refused, l.started AS started, l.finished AS finished, l.retrieved AS retrieved
ORDER BY source, part, started
