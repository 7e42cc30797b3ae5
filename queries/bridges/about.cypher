// Who is there, where, working on what and in which sector? Everybody the viewer may see.
// $after: string, only actors whose uid comes behind it: those of the page before have been read
// $actors: integer, so many at most
// $level: integer, the viewer's level
CALL () {
  MATCH (x:Actor) WHERE x.uid > $after AND x.consent >= $level
  WITH x ORDER BY x.uid LIMIT $actors
  RETURN collect(x) AS some
}
CALL (some) {
  UNWIND some AS x
  RETURN collect([
    x.uid,
    x.name,
    COLLECT {
      MATCH (x)-[r:BASED_IN|SERVES]->(p:Place) WHERE r.audience >= $level AND p.audience >= $level
      RETURN DISTINCT p.uid
    },
    COLLECT {
      MATCH (x)-[r:WORKS_ON]->(t:Theme) WHERE r.audience >= $level AND t.audience >= $level
      RETURN DISTINCT t.uid
    },
    COLLECT {
      CALL (x) {
        MATCH (x) WHERE x:Organisation RETURN x AS o
        UNION
        MATCH (x)-[r:WORKS_FOR|LEADS]->(o:Organisation) WHERE r.audience >= $level AND o.consent >= $level
        RETURN o
      }
      WITH o WHERE o.kind IS NOT NULL
      RETURN DISTINCT o.kind
    }
  ]) AS page
}
RETURN some[$actors - 1].uid AS last, page
