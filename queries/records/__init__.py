"""What exactly was said: partners' rows, as they were understood."""
