"""Parliamentary groups: see mapping.toml for the columns, check.py for the trap."""
