"""Pathways as of an earlier day: every step made of what was recorded by then, and of nothing else.

The graph keeps the steps of one day. Those of another are made from the observations again, by the
same functions that the loaders use; who may be seen and asked is as of now. A route of four steps
has only ties of its ends and of those next to them, so the ties of these are read, all of them, and
searched in memory (`snapshot/`): exact, but where more than MOST is recorded around the ends it is
refused.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.pathways.own import Own
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.snapshot.build import viewed
from tieline.queries.pathways.snapshot.view import Actors
from tieline.queries.ties.observed import observations, portions
from tieline.schema.ease import CAPACITY, LATELY
from tieline.schema.shares import dated_by
from tieline.schema.strength import summary
from tieline.schema.ties import PLACES

MOST = 50_000  # observations read for one question: some seconds
Pair = tuple[str, str]
Row = dict[str, Any]


@dataclass
class Then:
    """What was known by `day` around the two ends. `ties` holds what `hops` tells of each."""

    reader: Reader
    start: str
    day: date
    mine: Own
    ties: dict[Pair, Row] = field(default_factory=dict)
    closed: dict[str, bool] = field(default_factory=dict)
    ease: dict[str, float] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    async def routes(self, targets: Sequence[str], hops: int, most: int) -> list[Route]:
        """As `pathways` asks for them today.

        Raises:
            WrongUse: more than MOST observations around the ends.
        """
        first = set() if self._own else {self.start}
        await self._around(first | set(targets))
        if self._own:
            self.ties |= {(self.start, uid): tie for uid, tie in self.mine.ties.items()}
            await self._about(self.mine.ties)
        if hops > 2:
            near = {b for a, b in self.ties if a == self.start}
            far = {a for a, b in self.ties if b in targets} if hops > 3 else set()
            await self._around({x for x in near | far if not self.closed.get(x, True)})
        since = (self.day - LATELY).isoformat()
        rows = await self.reader.rows("pathways/asked", since=since, capacity=CAPACITY, **self._by)
        self.ease = {row["uid"]: row["ease"] for row in rows}
        return await asyncio.to_thread(self._searched, targets, hops, most)

    @property
    def _own(self) -> bool:
        return self.mine.me == self.start

    @property
    def _by(self) -> dict[str, str]:
        return {"day": self.day.isoformat()}

    async def _about(self, uids: Iterable[str]) -> None:
        """Who of these may be seen, and who of them takes requests."""
        rows = await self.reader.rows("pathways/around", uids=sorted(uids), **self._by)
        self.closed |= {row["uid"]: row["closed"] for row in rows}

    async def _around(self, uids: set[str]) -> None:
        """All ties of these actors that anything bore by then."""
        wanted = sorted(uids - self.read)
        self.read |= uids
        rows = await self.reader.rows("pathways/around", uids=wanted, **self._by)
        if sum(row["observations"] for row in rows) > MOST:
            raise WrongUse(
                f"More than {MOST:,} observations lie around them, too many to go back to "
                f"{self.day}: ask for fewer hops, or for one tie."
            )
        for some in portions({row["uid"]: row["observations"] for row in rows}):
            found = await self.reader.rows("pathways/then", uids=some, **self._by)
            await asyncio.to_thread(self._weigh, found)

    def _weigh(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            self.closed[row["b"]] = row["closed"]
            if (row["a"], row["b"]) in self.ties or (row["b"], row["a"]) in self.ties:
                continue
            told = summary(dated_by(observations(row["seen"]), self.day), self.day)
            if told is None:
                continue
            about = {
                "label": told.label,
                "kinds": list(told.kinds),
                "last_seen": told.seen.isoformat() if told.seen else None,
                "source_slugs": sorted({each["source"] for each in row["seen"]}),
            }
            ways = ((row["a"], row["b"], told.step_there), (row["b"], row["a"], told.step_back))
            for a, b, step in ways:
                if a == self.start and self._own:
                    continue
                found = about | {"from_uid": a, "to_uid": b, "step": round(step, PLACES)}
                self.ties[a, b] = found

    def _searched(self, targets: Sequence[str], hops: int, most: int) -> list[Route]:
        uids = sorted({uid for pair in self.ties for uid in pair} | {self.start, *targets})
        number = {uid: at for at, uid in enumerate(uids)}
        actors = Actors(
            uids,
            number,
            np.array([self.ease.get(uid, 1.0) for uid in uids]),
            np.array([self.closed.get(uid, True) for uid in uids], bool),
        )
        here, there = (
            np.array([number[pair[end]] for pair in self.ties], np.int32) for end in (0, 1)
        )
        step = np.array([tie["step"] for tie in self.ties.values()], np.float64)
        return viewed(actors, here, there, step).routes(self.start, targets, hops, most)
