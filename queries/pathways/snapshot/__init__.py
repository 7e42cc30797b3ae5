"""Pathways of a large field, answered in process from arrays that follow every write."""
