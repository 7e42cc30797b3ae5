// Which migrations have been made here, and as of which day are the ties?
OPTIONAL MATCH (f:Field)
RETURN f.as_of AS as_of, COLLECT { MATCH (m:Migration) RETURN [m.name, m.checksum] } AS made
LIMIT 1
