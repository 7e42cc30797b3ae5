// How many could they ask?
// $parents: [string], uids
// $level: int, the viewer's level
// $label: [string] or null, the labels that are thick enough
// $kinds: [string] or null, resting on one of these kinds of evidence
// $since: string or null, a date: heard of on it or later
// $people: boolean or null, people alone or none of them
// $not_label: the same, of those left out
// $not_kinds: the same, of those left out
// $not_since: the same, of those left out
// $narrowed: boolean, any of these seven is asked for: else none is looked at, tie by tie
UNWIND $parents AS parent
CALL (parent) {
  MATCH (a:Actor {uid: parent})-[t:TIE]->(b:Actor)
  WHERE a.consent >= $level AND t.audience >= $level AND b.consent >= $level
    AND CASE WHEN $narrowed THEN
      ($label IS NULL OR t[CASE $level WHEN 1 THEN 'label' ELSE 'label_' + $level END] IN $label)
      AND ($kinds IS NULL OR any(kind IN $kinds
        WHERE kind IN t[CASE $level WHEN 1 THEN 'kinds' ELSE 'kinds_' + $level END]))
      AND ($since IS NULL
        OR toString(t[CASE $level WHEN 1 THEN 'seen' ELSE 'seen_' + $level END]) >= $since)
      AND ($people IS NULL OR $people = b:Person)
      AND ($not_label IS NULL
        OR NOT t[CASE $level WHEN 1 THEN 'label' ELSE 'label_' + $level END] IN $not_label)
      AND ($not_kinds IS NULL OR NOT any(kind IN $not_kinds
        WHERE kind IN t[CASE $level WHEN 1 THEN 'kinds' ELSE 'kinds_' + $level END]))
      AND ($not_since IS NULL OR NOT coalesce(
        toString(t[CASE $level WHEN 1 THEN 'seen' ELSE 'seen_' + $level END]) >= $not_since, false))
    ELSE true END
  RETURN count(t) AS total
}
RETURN collect([parent, total]) AS pages
