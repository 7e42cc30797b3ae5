// How much is asked of these people? Ease is 1 / (1 + asks lately / capacity); nobody asked: none.
// $rows: list of uids of people
// $since: date as text; asks of later days count
// $capacity: number, what someone can take who has not said
CALL () { MATCH (k:Ask) RETURN count(k) AS asks }
WITH asks WHERE asks > 0
UNWIND $rows AS uid
MATCH (x:Person {uid: uid})
CALL (x) {
  MATCH (x)<-[:DESCRIBES]-(r:Record)
  MATCH (k:Ask {of: r.handle}) WHERE k.on > $since
  // one a day an asker: nobody asks another off the pathways of all
  RETURN count(DISTINCT k.by + ' ' + toString(k.on)) AS lately
}
WITH x, lately, CASE WHEN x.capacity >= 1 THEN x.capacity ELSE $capacity END AS capacity
WITH x, CASE WHEN lately > 0 THEN 1 / (1 + lately / toFloat(capacity)) END AS ease
WHERE coalesce(ease, 1.0) <> coalesce(x.ease, 1.0)
SET x.ease = ease
RETURN x.uid AS uid
