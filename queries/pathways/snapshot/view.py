"""The strongest pathways over arrays: what queries/pathways/halves.cypher defines, to the last tie.

A view holds the steps and the actors visible at one level and nothing else, so what lies below the
level cannot move an answer. The side with fewer ties is walked two steps, the other is met there,
and of every actor's ties, strongest first, only those are read that may still reach the best score
found so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tieline.queries.pathways.route import PER_GO_BETWEEN, Route
from tieline.queries.pathways.snapshot.best import Best, only
from tieline.queries.pathways.snapshot.meet import Meeting, Side
from tieline.queries.pathways.snapshot.rows import Array, Row, Rows


@dataclass(frozen=True)
class Actors:
    """`ease` is 1 where nobody asked; `closed`: not taking requests, so an end only."""

    uids: list[str]
    number: dict[str, int]
    ease: Array
    closed: Array


@dataclass
class Ends:
    """One question inside a view: from `start` to any of `targets`.

    `first` are those the start can ask and how good that is, `last` which of the targets those who
    ask one lead to, who they are, and how good that is. Nobody between may be `barred`.
    """

    start: int
    targets: Array
    wanted: Array  # whether each actor is a target
    barred: Array
    told: Array  # targets whose direct tie is a route already
    hops: int
    first: tuple[Array, Array]
    last: tuple[Array, Array, Array]

    def without(self, between: list[int]) -> None:
        """Nobody who is on a route is on another."""
        self.barred[between] = True
        which, last, step = self.last
        ok = ~self.barred[last]
        self.last = which[ok], last[ok], step[ok]


@dataclass(frozen=True)
class View:
    """What one level may see."""

    actors: Actors
    outward: Rows
    inward: Rows

    @property
    def size(self) -> int:
        """Bytes of its arrays; names come to about a hundred bytes an actor more."""
        own = self.actors.ease.nbytes + self.actors.closed.nbytes + self.eased.nbytes
        return own + self.outward.size + self.inward.size

    @cached_property
    def eased(self) -> Array:
        """What it costs to go through somebody."""
        return self.actors.ease * PER_GO_BETWEEN

    def routes(
        self,
        start: str,
        targets: Sequence[str],
        hops: int,
        most: int,
        own: Sequence[Sequence[Any]] | None = None,
    ) -> list[Route]:
        """Routes that share no go-between, best first: each the strongest that the others leave.

        `own`: [uid, how good asking them is], where the start sees more of their ties than others.
        """
        number = self.actors.number
        wanted = np.array(sorted(number[uid] for uid in set(targets) if uid in number), np.int64)
        if start not in number or not len(wanted):
            return []
        first = self.outward.of_one(number[start]) if own is None else self._ring(own)
        ends, found = self._ends(number[start], first, wanted, hops), list[Route]()
        meeting = Meeting(self.eased, ends.barred)
        while len(found) < most and (route := self._best(ends, meeting)):
            found.append(route)
            ends.without([number[uid] for uid in route.between])
            ends.told[number[route.uids[-1]]] |= not route.between
        return found

    def _ring(self, own: Sequence[Sequence[Any]]) -> Row:
        known = [(self.actors.number[uid], s) for uid, s in own if uid in self.actors.number]
        return np.array([at for at, _ in known], np.int32), np.array([s for _, s in known], float)

    def _ends(self, start: int, first: Row, targets: Array, hops: int) -> Ends:
        wanted, told = np.zeros((2, len(self.actors.uids)), bool)
        wanted[targets] = True
        barred = self.actors.closed | wanted
        barred[start] = True
        last = self.inward.of_many(targets)
        ends = Ends(start, targets, wanted, barred, told, hops, first, last)
        ends.without([])
        return ends

    def _best(self, ends: Ends, meeting: Meeting) -> Route | None:
        """The strongest simple pathway whose go-betweens are not barred."""
        best, (first, s1), (which, last, s4) = Best(), ends.first, ends.last
        direct = ends.wanted[first] & ~ends.told[first]
        best.add(s1[direct], s1[direct], first[direct])
        first, s1 = only(~ends.barred[first], first, s1)
        if len(first) and len(last) and ends.hops > 1:
            led = (last, s4) if len(ends.targets) == 1 else _best_of(last, s4)
            meeting.through(best, *self._sides(first, s1, *led), ends.hops)
        arrivals = (last, ends.targets[which], s4)
        return best.winner(ends.start, self.actors.uids, arrivals)

    def _sides(self, first: Array, s1: Array, last: Array, s4: Array) -> tuple[Side, Side]:
        return (
            Side(self.outward, self.inward, first, s1, s1 * self.eased[first]),
            Side(self.inward, self.outward, last, s4, s4 * self.eased[last]),
        )


def _best_of(last: Array, step: Array) -> tuple[Array, Array]:
    """Each actor once, with the best of their steps."""
    order = np.lexsort((-step, last))
    last, step = last[order], step[order]
    new = np.append(True, last[1:] != last[:-1])
    return last[new], step[new]
