"""Which records may be one thing? Candidates by Splink on DuckDB, never joined by themselves."""
