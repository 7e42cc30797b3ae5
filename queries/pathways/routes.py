"""Three routes that share no go-between, best first: exact within $hops, greedy between routes.

A route's score is the product of its steps x .9 per go-between x the ease of each person between,
rounded to 12 decimals. Equal scores: larger bottleneck, fewer steps, then uids. A direct tie is a
route with no go-between: found once, then barred, or it would come back for ever.

A first look, past the strongest ties alone, finds routes, as many as are wanted: whatever cannot be
as good as the last of them is not read. Then both ends are searched at once, and the list is walked
greedily (again if it runs out).
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tieline.database.graph import Rows
from tieline.database.reader import Reader

PER_GO_BETWEEN, PLACES = 0.9, 12
HUB = 400  # ties; of ends with so many not all that surrounds them is read
LIST = 30  # gives three routes in 1.0 to 1.3 calls
WIDE = 250  # targets; more are walked towards from the asker alone
STRONGEST, FEW = 100, 12  # of an end's ties, those first looked at, near and far
LOOKED = 500  # routes that come of it
MOST_LISTED = 200  # a long list costs nothing beside what is read for it
SLACK = 2e-12  # a floor's: scores are compared rounded
BOUNDS = ("near_step", "near_best", "far_step", "far_best")
ALL = [1.0, 1.0, 1.0, 1.0]
WHOLE = {"floor": 0.0, "bounds": ALL}


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


class Listed(NamedTuple):
    """The best routes of an answer; whether there are no others."""

    routes: list[Route]
    all: bool


@dataclass
class Search:
    """One question on its way: what is found, and who is used up by it."""

    reader: Reader
    start: str
    targets: list[str]
    hops: int
    most: int
    own: list[list[Any]] | None = None  # the asker's ties, where they see more of them than others
    found: list[Route] = field(default_factory=list)

    @property
    def used(self) -> list[str]:
        return sorted({uid for route in self.found for uid in route.between})

    @property
    def told(self) -> list[str]:
        """The targets whose direct tie is a route already."""
        return sorted(route.uids[-1] for route in self.found if not route.between)

    async def run(self, outward: int, inward: int) -> list[Route]:
        """The routes, best first; `outward` and `inward` are the ties of the two ends."""
        many = self.own is not None or len(self.targets) != 1
        while len(self.found) < self.most:
            asked = await (self._listed() if many else self._looked(outward, inward))
            before = len(self.found)
            self._take(asked.routes)
            if len(self.found) == before or asked.all:
                break
        return self.found

    def _take(self, listed: list[Route]) -> None:
        for route in listed:
            if len(self.found) == self.most:
                return
            free = not set(route.between) & set(self.used)
            if free and (route.between or route.uids[-1] not in self.told):
                self.found.append(route)

    async def _listed(self) -> Listed:
        ends: dict[str, Any] = {"targets": self.targets, "told": self.told}
        if self.own is not None:
            found = await self._ask("own", LIST, **ends, own=self.own)
        elif len(self.targets) > WIDE:
            found = await self._ask("wide", LIST, **ends)
        else:
            found = await self._ask("halves", LIST, **ends, **WHOLE)
        return Listed(found, len(found) < LIST)

    async def _looked(self, outward: int, inward: int) -> Listed:
        """The best of all that is as good as the routes that a first look has found."""
        at_hub = {"strongest": STRONGEST, "few": FEW, "hub": HUB, "direct": not self.told}
        rows = await self._rows("look", LOOKED, to=self.targets[0], **at_hub)
        if not rows:
            return Listed([], True)
        seen = rows[0]
        scores = apart(seen["routes"], self.most - len(self.found))
        floor = scores[-1] - SLACK if scores else 0.0
        found = await self._down_to(floor, [seen[name] or 1.0 for name in BOUNDS], outward, inward)
        return Listed(found, not scores and len(found) < MOST_LISTED)

    async def _down_to(
        self, floor: float, bounds: list[float], outward: int, inward: int
    ) -> list[Route]:
        """All as good, walked from the end that is no hub; two hubs meet half-way."""
        if min(outward, inward) >= HUB or max(outward, inward) < HUB:
            ends: dict[str, Any] = {"targets": self.targets, "told": self.told}
            return await self._ask("halves", MOST_LISTED, **ends, floor=floor, bounds=bounds)
        text, best = ("ring", bounds[1]) if inward <= outward else ("back", bounds[3])
        end = {"to": self.targets[0], "direct": not self.told}
        return await self._ask(text, MOST_LISTED, **end, floor=floor, best=best)

    async def _ask(self, text: str, k: int, **params: Any) -> list[Route]:
        rows = await self._rows(text, k, **params)
        return [Route(tuple(row["uids"]), row["score"], row["least"]) for row in rows]

    async def _rows(self, text: str, k: int, **params: Any) -> Rows:
        return await self.reader.rows(
            f"pathways/{text}",
            **params,
            **{"from": self.start},
            without=self.used,
            hops=self.hops,
            k=k,
            step=self.reader.viewer.of("step"),
        )


def apart(routes: list[tuple[float, list[str]]], wanted: int) -> list[float]:
    """The scores of so many, or of as many as there are, that share no go-between."""
    used: set[str] = set()
    scores: list[float] = []
    for score, uids in routes:
        if len(scores) < wanted and not used & set(uids[1:-1]):
            used |= set(uids[1:-1])
            scores.append(score)
    return scores
