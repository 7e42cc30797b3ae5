// Who may see what is said of these actors, now that their consent is another?
// $uids: list of actor uids; $sources: map of slug to map of audience and public
CYPHER replan=skip
UNWIND $uids AS uid
MATCH (e:Actor {uid: uid})-[x]-() USING INDEX SEEK e:Actor(uid)
WHERE x.record IS NOT NULL
WITH DISTINCT x, $sources[x.source] AS source
WITH x, reduce(least = source.audience, level IN [x.said,
    CASE WHEN source.public THEN startNode(x).consent ELSE coalesce(startNode(x).consent_rest, startNode(x).consent) END,
    CASE WHEN source.public THEN endNode(x).consent ELSE coalesce(endNode(x).consent_rest, endNode(x).consent) END] |
      CASE WHEN level < least THEN level ELSE least END) AS audience
WHERE audience <> x.audience
SET x.audience = audience
RETURN DISTINCT startNode(x).uid AS a, endNode(x).uid AS b, type(x) AS verb
