// What was learnt, by any of its words: neomodel declares a full-text index of one property alone,
// and with its own analyser.
CREATE FULLTEXT INDEX lessons IF NOT EXISTS
FOR (n:Project) ON EACH [n.lessons]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
