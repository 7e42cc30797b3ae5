// Of whom was anything asked, and of whom is it still said?
MATCH (x:Person) WHERE x.ease IS NOT NULL
RETURN x.uid AS uid
UNION
MATCH (k:Ask)
MATCH (:Record {handle: k.of})-[:DESCRIBES]->(x:Person)
RETURN x.uid AS uid
