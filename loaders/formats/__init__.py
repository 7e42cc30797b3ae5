"""What partners send, one module a format."""
