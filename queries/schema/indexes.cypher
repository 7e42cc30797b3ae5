// Which indexes and uniqueness constraints are there, and are they in order?
SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties, owningConstraint
WHERE type <> 'LOOKUP'
RETURN name, state, labelsOrTypes AS on, properties, owningConstraint IS NOT NULL AS unique
