"""Partners, one folder each: a description, a mapping, a script where these are not enough."""
