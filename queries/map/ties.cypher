// What does the field look like? Every tied pair that the viewer may see, once, in columns.
// $after: string, only actors whose uid comes behind it: those of the page before have been read
// $actors: integer, of so many actors at most
// $step: string, the step at the viewer's level: absent from a tie of which the viewer sees nothing
// $kinds: string, the kinds of evidence at the viewer's level; a tie of no_tie alone is none
// $label: string, the label at the viewer's level
// $labels: list of string or null, the labels wanted; null: any
// $level: integer, the viewer's level
CALL () {
  MATCH (a:Actor) WHERE a.uid > $after AND a.consent >= $level
  WITH a ORDER BY a.uid LIMIT $actors
  RETURN collect(a) AS some
}
CALL (some) {
  UNWIND some AS a
  MATCH (a)-[t:TIE]->(b:Actor)
  WHERE a.uid < b.uid AND t[$step] IS NOT NULL AND t.audience >= $level AND b.consent >= $level
    AND coalesce(t[$kinds], []) <> ['no_tie'] AND ($labels IS NULL OR t[$label] IN $labels)
  RETURN collect(a.uid) AS here, collect(b.uid) AS there,
    collect(coalesce(t[$label], 'not_yet_known')) AS label
}
RETURN some[$actors - 1].uid AS last, here, there, label
