"""Three routes that share no go-between, best first: exact within $hops, greedy between routes.

A route's score is the product of its steps x .9 per go-between x the ease of each person between,
rounded to 12 decimals. Equal scores: larger bottleneck, fewer steps, then uids. A direct tie is a
route with no go-between: found once, then barred, or it would come back for ever.

Cypher joins the two ends by who stands between them and reads ties only where they meet; between
two hubs it does so first past their strongest ties alone: what cannot be as good as the last of the
routes found there is not looked for. The list is walked greedily, again if it runs out.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tieline.database.graph import Rows
from tieline.database.reader import Reader

PER_GO_BETWEEN, PLACES = 0.9, 12
HUB = 400  # ties; between two ends with so many a few are looked at first
STRONGEST = 150  # of their ties, those
LIST = 30  # gives three routes in 1.0 to 1.3 calls
WIDE = 250  # targets; more are walked towards from the asker alone
WEIGHED = 5_000  # routes between two actors, at most
SLACK = 2e-12  # a floor's: scores are compared rounded


NOTHING: dict[str, Any] = {"routes": [], "left_out": False}  # an end is gone


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
            asked = await (self._listed() if many else self._met(outward, inward))
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
            found = await self._ask("halves", LIST, **ends)
        return Listed(found, len(found) < LIST)

    async def _met(self, outward: int, inward: int) -> Listed:
        """The routes wanted; between hubs the strongest ties first: they say what is too weak."""
        floor, wanted = 0.0, self.most - len(self.found)
        if min(outward, inward) >= HUB:
            shares = [1 - STRONGEST / max(ties, STRONGEST) for ties in (outward, inward)]
            seen = await self._meet(wanted, 0.0, *shares)
            floor = seen.routes[-1].score - SLACK if len(seen.routes) == wanted else 0.0
        return await self._meet(wanted, floor, 0.0, 0.0)

    async def _meet(self, wanted: int, floor: float, near: float, far: float) -> Listed:
        how: dict[str, Any] = {"wanted": wanted, "floor": floor, "direct": not self.told}
        end = {"to": self.targets[0], "near_share": near, "far_share": far}
        found = (await self._rows("meet", WEIGHED, **end, **how) or [NOTHING])[0]
        routes = [Route(tuple(uids), score, least) for uids, score, least in found["routes"]]
        return Listed(routes, not found["left_out"])

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
