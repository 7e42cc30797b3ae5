// What has been loaded, and what came of it?
MATCH (l:Load)
RETURN l.source AS source, l.part AS part, l.file AS file, l.format AS format, l.state AS state, l.rows AS rows,
       l.read AS read, l.accepted AS accepted, l.refused AS refused, l.started AS started, l.finished AS finished,
       l.retrieved AS retrieved
ORDER BY source, part, started
