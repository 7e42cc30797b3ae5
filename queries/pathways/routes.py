"""Three routes that share no go-between, best first: exact within $hops, greedy between routes.

A route's score is the product of its steps x .9 per go-between x the ease of each person between,
rounded to 12 decimals. Equal scores: larger bottleneck, fewer steps, then uids. A direct tie is a
route with no go-between: found once, then barred, or it would come back for ever.

Cypher joins the two ends by who stands between them and reads ties only where they meet: routes of
up to three steps first, then those of four that these do not rule out (`joined.py`). Between two
hubs too many meet: each step is weighed as it is walked, against a floor that a look past their
strongest ties gives. The list is walked greedily, again if it runs out.
"""

from dataclasses import dataclass, field
from typing import Any

from tieline.database.graph import Rows
from tieline.database.reader import Reader
from tieline.queries.pathways.joined import Floors, Long, Short, longer, merged, shorter
from tieline.queries.pathways.route import NOBODY, SLACK, Listed, Route, as_told

HUB = 400  # ties; between two ends with so many a few are looked at first
STRONGEST = 400  # of their ties, those
GUESSES = 0.12, 0.03  # where a look finds less: the floors tried first
LIST = 30  # gives three routes in 1.0 to 1.3 calls
WIDE = 250  # targets; more are walked towards from the asker alone
WEIGHED = 5_000  # routes between two actors, at most
JOINED = 1_000  # routes of four steps between two actors, at most
TOLD = 5  # of so many pairs of a first and a last go-between one is told
FEW = 200  # routes of up to three steps: so many are told beside the best
NOTHING = {"routes": [], "known": [], "left_out": False, "rest": 0.0, "near": 0.0, "far": 0.0}


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
        wanted = self.most - len(self.found)
        if min(outward, inward) < HUB:
            return await self._joined(wanted, forth=outward < inward)
        near, far = (1 - STRONGEST / max(ties, STRONGEST) for ties in (outward, inward))
        seen = (await self._hubs(wanted, 0.0, near, far)).routes
        least = seen[-1].score if len(seen) == wanted else 0.0
        for floor in (*(guess for guess in GUESSES if guess > least), least):
            found = await self._hubs(wanted, floor)
            if len(found.routes) == wanted:
                break
        return found

    async def _joined(self, wanted: int, forth: bool) -> Listed:
        """Routes of four steps after the shorter ones: more of them while none is sure."""
        short = await self._meet(wanted, min(self.hops, 3))
        if self.hops < 4:
            return Listed(short.best, short.all)
        floors, k = Floors(short, wanted), JOINED
        while True:
            long = await self._long(floors, forth, k)
            listed = merged(floors, long)
            if listed.routes or listed.all or not long.cut:
                return listed
            k *= 100

    async def _long(self, floors: Floors, forth: bool, k: int) -> Long:
        most = {"most": k // TOLD, "each": 3 * floors.wanted - 2}
        end = {"to": self.targets[0], "forth": forth}
        rows = await self._rows("four", k, **end, **most, **floors.params)
        return longer(rows, self.start, self.targets[0])

    async def _meet(self, wanted: int, hops: int) -> Short:
        end = {"to": self.targets[0], "direct": not self.told, "hops": hops}
        rows = await self._rows("meet", WEIGHED, wanted=wanted, few=FEW, **end)
        return shorter(rows[0] if rows else NOTHING)

    async def _hubs(self, wanted: int, least: float, near: float = 0.0, far: float = 0.0) -> Listed:
        """Those that score `least` or more, of all but the weakest shares of either end's ties."""
        end = {"to": self.targets[0], "direct": not self.told, "wanted": wanted}
        how = {"floor": max(least - SLACK, 0.0), "near_share": near, "far_share": far}
        rows = await self._rows("hubs", WEIGHED, **end, **how)
        found = [as_told(each) for each in rows[0]["routes"]] if rows else []
        sure = [route for route in found if route.score >= least]
        return Listed(sure, bool(rows) and not rows[0]["left_out"])

    async def _ask(self, text: str, k: int, **params: Any) -> list[Route]:
        rows = await self._rows(text, k, **params)
        return [Route(tuple(row["uids"]), row["score"], row["least"]) for row in rows]

    async def _rows(self, text: str, k: int, **params: Any) -> Rows:
        without = [NOBODY, *self.used]
        asked = {"from": self.start, "without": without, "hops": self.hops, "k": k}
        step = self.reader.viewer.of("step")
        return await self.reader.rows(f"pathways/{text}", **asked | params, step=step)
