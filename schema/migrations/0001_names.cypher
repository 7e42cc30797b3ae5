// Everything by any of its names, accents or not: neomodel declares a full-text index of one
// property of one label.
CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (n:Person|Organisation|Place|Theme|Project)
ON EACH [n.name, n.title, n.label, n.also_known_as, n.alt_labels, n.hidden_labels]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
