"""Three routes that share no go-between, best first: exact within $hops, greedy between routes.

A route's score is the product of its steps x .9 per go-between x the ease of each person between,
rounded to 12 decimals. Equal scores: larger bottleneck, fewer steps, then uids. A direct tie is a
route with no go-between: found once, then barred, or it would come back for ever.

Two ends of few ties are searched from both sides, 30 best in one call, and the list is walked
greedily (again if it runs out); at a hub the best route is asked for, once per route, since each
stage of the search drops whatever cannot come among the listed.
"""

from dataclasses import dataclass, field
from typing import Any

from tieline.database.reader import Reader

PER_GO_BETWEEN, PLACES = 0.9, 12
HUB = 400  # ties; above, a hub's two-step surroundings are never expanded
LIST = 30  # gives three routes in 1.0 to 1.3 calls
WIDE = 250  # targets; more are walked towards from the asker alone
SHORT = 1  # at a hub: six read twelve times as much, through hubs that one leaves alone


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
        many = self.own is not None or len(self.targets) != 1 or max(outward, inward) < HUB
        while len(self.found) < self.most:
            listed = await (self._listed() if many else self._one(outward, inward))
            before = len(self.found)
            self._take(listed)
            if len(self.found) == before or len(listed) < (LIST if many else SHORT):
                break
        return self.found

    def _take(self, listed: list[Route]) -> None:
        for route in listed:
            if len(self.found) == self.most:
                return
            free = not set(route.between) & set(self.used)
            if free and (route.between or route.uids[-1] not in self.told):
                self.found.append(route)

    async def _listed(self) -> list[Route]:
        ends = {"targets": self.targets, "told": self.told}
        if self.own is not None:
            return await self._ask("own", LIST, **ends, own=self.own)
        text = "wide" if len(self.targets) > WIDE else "halves"
        return await self._ask(text, LIST, **ends)

    async def _one(self, outward: int, inward: int) -> list[Route]:
        text = "ring" if inward <= outward else "back"
        return await self._ask(text, SHORT, to=self.targets[0], direct=not self.told)

    async def _ask(self, text: str, k: int, **params: Any) -> list[Route]:
        rows = await self.reader.rows(
            f"pathways/{text}",
            **params,
            **{"from": self.start},
            without=self.used,
            hops=self.hops,
            k=k,
            step=self.reader.viewer.of("step"),
        )
        return [Route(tuple(row["uids"]), row["score"], row["least"]) for row in rows]
