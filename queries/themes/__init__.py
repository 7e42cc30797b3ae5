"""What work is about, in every vocabulary's words: what counts as one theme, what finds it."""
