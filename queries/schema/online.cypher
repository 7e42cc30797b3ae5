// Are the new indexes ready to be asked? Wait until they are.
CALL db.awaitIndexes(290)
