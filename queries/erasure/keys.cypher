// Who must not come back, by keys that name nobody?
MATCH (e:Erasure)
RETURN collect(e.key) AS keys
