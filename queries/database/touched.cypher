// Which ties and actors were touched since, and how many ties are there? The log, for snapshots.
// $since: integer, milliseconds: entries stamped before are known, or their number gives them away
// $seen: list of string, uids of the entries that are known
CALL () { MATCH ()-[t:TIE]->() RETURN count(t) AS ties }
CALL () { MATCH (n:Touched) RETURN count(n) AS total }
CALL () {
  MATCH (n:Touched) WHERE n.at >= $since AND NOT n.uid IN $seen
  RETURN collect(n {.uid, .at, .pairs, .actors}) AS news
}
RETURN ties, total, news
