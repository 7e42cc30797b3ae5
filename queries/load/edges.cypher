// What stands between two records, as seen by whom? It is put between the things they describe.
// $rows: list of maps of verb, props, cap (audience of source and row), public (boolean)
CYPHER replan=skip
UNWIND $rows AS edge
MATCH (f:Record {uid: edge.props.from_record})-[:DESCRIBES]->(a) USING INDEX SEEK f:Record(uid)
MATCH (t:Record {uid: edge.props.to_record})-[:DESCRIBES]->(b) USING INDEX SEEK t:Record(uid)
CREATE (a)-[x:$(edge.verb)]->(b)
SET x = edge.props,
    x.audience = reduce(least = edge.cap, level IN [
      CASE WHEN edge.public THEN a.consent ELSE coalesce(a.consent_rest, a.consent) END,
      CASE WHEN edge.public THEN b.consent ELSE coalesce(b.consent_rest, b.consent) END] |
      CASE WHEN level < least THEN level ELSE least END)
RETURN count(*) AS made
