// Who is there, and may be asked? A page of actors in the order of their uids, for the snapshot.
// $after: string, the uid that the page before ended with
// $size: integer, how many, hidden ones among them
// $level: integer, the viewer's level
MATCH (x:Actor) WHERE x.uid > $after
WITH x ORDER BY x.uid LIMIT $size
RETURN max(x.uid) AS last, collect(CASE WHEN x.consent >= $level THEN [
  x.uid, CASE WHEN x:Person THEN coalesce(x.ease, 1.0) ELSE 1.0 END,
  NOT coalesce(x.taking_requests, true)] END) AS who
