// Which notes of what was taken back has everybody heard who follows? They go.
// $before: string, a moment
MATCH (r:Retraction) WHERE r.at < $before
DELETE r
