// How are these tied, and to whom? Each pair once, at the viewer's level, in columns.
// $uids: list of string, of actors
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $label: string, the label at the viewer's level
// $kinds: string, the kinds of evidence at the viewer's level; a tie of no_tie alone is none
// $seen: string, the day it was last heard of, at the viewer's level
// $labels: list of string or null, the labels wanted; null: any
// $numbers: boolean, whether a steward asks for strengths: -1 for anyone else
// $level: integer, the viewer's level
UNWIND $uids AS uid
MATCH (a:Actor {uid: uid}) WHERE a.consent >= $level
MATCH (a)-[t:TIE]->(b:Actor)
WHERE t.audience >= $level AND b.consent >= $level AND a.uid < b.uid AND t[$step] IS NOT NULL
  AND coalesce(t[$kinds], []) <> ['no_tie'] AND ($labels IS NULL OR t[$label] IN $labels)
WITH a, t, b, $numbers AND $level = 1 AS told ORDER BY a.uid, b.uid
RETURN collect(a.uid) AS here, collect(b.uid) AS there,
  collect(coalesce(t[$label], 'not_yet_known')) AS label,
  collect(coalesce(t[$kinds], [])) AS kinds, collect(coalesce(toString(t[$seen]), '')) AS seen,
  collect(CASE WHEN told THEN coalesce(t.strength, 0.0) ELSE -1.0 END) AS strength,
  collect(CASE WHEN told THEN coalesce(t.unknown, 0.0) ELSE -1.0 END) AS unknown
