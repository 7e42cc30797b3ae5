"""How much is too much to ask of a go-between: ease = 1 / (1 + asks lately / capacity)."""

from datetime import timedelta

LATELY = timedelta(days=90)
CAPACITY = 4.0  # requests in that time, of those who have not said
