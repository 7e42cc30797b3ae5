"""All that is known of one person, for themselves."""
