"""Routes of four steps beside the shorter ones, and which of both are sure to be the best.

The shorter routes are known first. A route of four that shares a go-between with one of them
matters only if it is better than it, so far fewer are read: what was left out is known by its
bound. The best, one after another, are sure while nothing left out could come before them; where
that ends, what is used up is barred and both are asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tieline.queries.pathways.route import (
    NOBODY,
    PER_GO_BETWEEN,
    SLACK,
    Listed,
    Route,
    as_told,
)

HOLD = 0.25  # of the most that a route of four steps may score; a weaker one is often replaced


class Short(NamedTuple):
    """Routes of up to three steps: the best that share nobody, and others."""

    best: list[Route]
    all: bool  # whether there are no others
    known: list[Route]  # best first
    rest: float  # none that is not known is better
    near: float  # the best step of either end, as far as its go-between goes
    far: float


class Long(NamedTuple):
    """Routes of four steps, best first; no other is better than `cut`."""

    routes: list[Route]
    cut: float


@dataclass(frozen=True)
class Floors:
    """What a route of four steps must reach, by the shorter ones that it shares somebody with."""

    short: Short
    wanted: int

    @property
    def held(self) -> list[Route]:
        """The best two with go-betweens that few routes of four steps can be better than."""
        least = HOLD * PER_GO_BETWEEN * self.short.near * self.short.far
        return [route for route in self.short.best if route.between and route.score >= least][:2]

    @property
    def floor(self) -> float:
        best = self.short.best
        return best[-1].score - SLACK if len(best) == self.wanted else 0.0

    @property
    def params(self) -> dict[str, Any]:
        held = [([NOBODY, *route.between], route.score - SLACK) for route in self.held]
        (first, best), (second, after) = [*held, *[([NOBODY], self.floor)] * 2][:2]
        steps = {"near": self.short.near, "far": self.short.far, "floor": self.floor}
        return steps | {"first": first, "best": best, "second": second, "next": after}


def shorter(row: Mapping[str, Any]) -> Short:
    """What `meet.cypher` told."""
    best = [as_told(each) for each in row["routes"]]
    known = sorted({*map(as_told, row["known"]), *best}, key=_rank)
    return Short(best, not row["left_out"], known, row["rest"], row["near"], row["far"])


def longer(rows: Sequence[Any], start: str, end: str) -> Long:
    """What `four.cypher` told."""
    if not rows:
        return Long([], 0.0)
    found = [
        Route((start, x, m, y, end), score, least)
        for x, y, some in rows[0]["pairs"]
        for m, score, least in some
    ]
    return Long(sorted(found, key=_rank), rows[0]["cut"])


def _rank(route: Route) -> Any:
    return route.rank


def merged(floors: Floors, long: Long) -> Listed:
    """The best routes of both that share no go-between, as far as they are sure."""
    taken: list[Route] = []
    used: set[str] = set()
    while len(taken) < floors.wanted:
        left = _left_out(floors, long, taken, used)
        both = [_first(floors.short.known, taken, used), _first(long.routes, taken, used)]
        best = min(filter(None, both), key=_rank, default=None)
        if best is None:
            return Listed(taken, max(left) == 0)
        if best.score <= left[0] or best.score < left[1]:
            return Listed(taken, False)
        taken.append(best)
        used |= set(best.between)
    return Listed(taken, False)


def _first(routes: Sequence[Route], taken: list[Route], used: set[str]) -> Route | None:
    free = (r for r in routes if not used & set(r.between) and r not in taken)
    return next(free, None)


def _left_out(
    floors: Floors, long: Long, taken: list[Route], used: set[str]
) -> tuple[float, float]:
    """What the best that was left out may score; below what one may that shares somebody held."""
    cut = long.cut + SLACK if long.cut else 0.0
    shared = [route.score for route in floors.held if not set(route.between) <= used]
    beyond = _beyond(floors.short, taken, used)
    return max(cut, beyond, floors.floor), max(shared, default=0.0)


def _beyond(short: Short, taken: list[Route], used: set[str]) -> float:
    """The most that a shorter route which is not known may score."""
    after = [route for route in short.best if route not in taken]
    if after:
        return min(short.rest, after[0].score) if used & set(after[0].between) else 0.0
    return 0.0 if short.all else short.rest
