"""Find by any name."""
