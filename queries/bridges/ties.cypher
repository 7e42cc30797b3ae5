// What holds this field together? Every tied pair that the viewer may see, once, in columns.
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $likely: string, how likely it holds, at the viewer's level; of ties of an older day: as likely as not
// $kinds: string, the kinds of evidence at the viewer's level; a tie of no_tie alone is none
// $label: string, the label at the viewer's level
// $labels: list of string or null, the labels wanted; null: any
// $level: integer, the viewer's level
MATCH (a:Actor)-[t:TIE]->(b:Actor)
WHERE a.uid < b.uid AND t[$step] IS NOT NULL AND t.audience >= $level
  AND a.consent >= $level AND b.consent >= $level
  AND coalesce(t[$kinds], []) <> ['no_tie'] AND ($labels IS NULL OR t[$label] IN $labels)
RETURN left(a.uid, 4) AS part, collect(a.uid) AS here, collect(b.uid) AS there,
  collect(coalesce(t[$likely], 0.5)) AS likely
