// Which of these records are there?
// $handles: list of string, ids that they may have
MATCH (r:Record) WHERE r.handle IN $handles
RETURN collect(r.handle) AS handles
