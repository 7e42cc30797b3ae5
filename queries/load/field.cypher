// As of which day are the ties, and are all of them?
MATCH (f:Field)
RETURN f.as_of AS as_of, coalesce(f.pending, false) AS pending
