// By which words is each theme known?
// $level: integer, the viewer's level
MATCH (t:Theme) WHERE t.audience >= $level AND t.label IS NOT NULL
WITH t ORDER BY t.uid
RETURN collect([t.uid, t.label, coalesce(t.alt_labels, []) + coalesce(t.hidden_labels, [])]) AS page
