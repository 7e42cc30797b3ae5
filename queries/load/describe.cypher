// What does the source say of itself now, where it moves no figure: title, contact, licence ...?
// $slug: string; $source: map
MATCH (s:Source {slug: $slug})
SET s += $source
