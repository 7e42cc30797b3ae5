"""A route from one actor to another, and the best of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

PER_GO_BETWEEN, PLACES = 0.9, 12
SLACK = 2e-12  # a floor's: scores are compared rounded
NOBODY = ""  # in a list of uids that may be empty: the server would plan the text anew for it


@dataclass(frozen=True)
class Route:
    """`uids` from who asks to who is asked for; `score` and `least` (weakest step) in (0, 1]."""

    uids: tuple[str, ...]
    score: float
    least: float

    @property
    def between(self) -> tuple[str, ...]:
        return self.uids[1:-1]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Who asks whom, step by step."""
        return list(zip(self.uids, self.uids[1:], strict=False))

    @property
    def rank(self) -> tuple[float, float, int, tuple[str, ...]]:
        """The best first: larger score, larger bottleneck, fewer steps, then uids."""
        return -self.score, -self.least, len(self.uids), self.uids


def as_told(row: Sequence[Any]) -> Route:
    """What a statement told of it: [uids, score, weakest step]."""
    return Route(tuple(row[0]), *row[1:])


class Listed(NamedTuple):
    """The best routes of an answer; whether there are no others."""

    routes: list[Route]
    all: bool
