"""The lists of jars: one TOML a Neo4j version, coordinates and sha256, no addresses."""
