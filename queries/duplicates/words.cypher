// Which day is it in this field, how do its places lie in one another, and its themes?
// $level: integer, the viewer's level
OPTIONAL MATCH (f:Field)
WITH max(toString(f.as_of)) AS today
RETURN {
  today: today,
  places: COLLECT {
    MATCH (p:Place) WHERE p.audience >= $level
    RETURN [p.uid, p.name, COLLECT {
      MATCH (p)-[r:WITHIN]->(up:Place) WHERE r.audience >= $level AND up.audience >= $level
      RETURN DISTINCT up.uid
    }]
  },
  names: COLLECT {
    MATCH (p:Place) WHERE p.audience >= $level
    UNWIND coalesce(p.also_known_as, []) AS name
    RETURN DISTINCT name
  },
  themes: COLLECT {
    MATCH (t:Theme) WHERE t.audience >= $level
    RETURN [t.uid, t.label, COLLECT {
      MATCH (t)-[r:BROADER]->(up:Theme) WHERE r.audience >= $level AND up.audience >= $level
      RETURN DISTINCT up.uid
    }]
  },
  matches: COLLECT {
    MATCH (t:Theme)-[r:MATCHES]->(u:Theme)
    WHERE r.audience >= $level AND t.audience >= $level AND u.audience >= $level
    RETURN DISTINCT [t.uid, u.uid, r.predicate]
  }
} AS words
