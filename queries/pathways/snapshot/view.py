"""The strongest pathways over arrays: what queries/pathways/halves.cypher defines, to the last tie.

A view holds the steps and the actors visible at one level and nothing else, so what lies below the
level cannot move an answer. Two-step halves from both ends meet in the middle; whatever cannot
reach the best score found so far is dropped before it is joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tieline.queries.pathways.routes import PER_GO_BETWEEN, Route
from tieline.queries.pathways.snapshot.best import SLACK, Best, join, only
from tieline.queries.pathways.snapshot.rows import Array, Rows


@dataclass(frozen=True)
class Actors:
    """`ease` is 1 where nobody asked; `closed`: not taking requests, so an end only."""

    uids: list[str]
    number: dict[str, int]
    ease: Array
    closed: Array


@dataclass(frozen=True)
class Ends:
    """One question inside a view: from `start` to any of `targets`, past nobody in `barred`."""

    start: int
    targets: Array
    barred: Array
    told: Array  # targets whose direct tie is a route already
    hops: int


@dataclass(frozen=True)
class View:
    """What one level may see."""

    actors: Actors
    outward: Rows
    inward: Rows

    @property
    def size(self) -> int:
        """Bytes of its arrays; names come to about a hundred bytes an actor more."""
        own = self.actors.ease.nbytes + self.actors.closed.nbytes
        return own + self.outward.size + self.inward.size

    def routes(self, start: str, targets: Sequence[str], hops: int, most: int) -> list[Route]:
        """Routes that share no go-between, best first: each the strongest that the others leave."""
        number = self.actors.number
        wanted = np.array(sorted(number[uid] for uid in set(targets) if uid in number), np.int64)
        if start not in number or not len(wanted):
            return []
        barred, told = self.actors.closed.copy(), np.zeros(len(self.actors.uids), bool)
        barred[wanted] = barred[number[start]] = True
        ends, found = Ends(number[start], wanted, barred, told, hops), list[Route]()
        while len(found) < most and (route := self.best(ends)):
            found.append(route)
            barred[[number[uid] for uid in route.between]] = True
            told[number[route.uids[-1]]] |= not route.between
        return found

    def best(self, ends: Ends) -> Route | None:
        """The strongest simple pathway whose go-betweens are not barred."""
        best = Best()
        first, s1 = self.outward.of_one(ends.start)
        direct = np.isin(first, ends.targets) & ~ends.told[first]
        best.add(s1[direct], s1[direct], first[direct])
        first, s1 = only(~ends.barred[first], first, s1)
        which, last, s4 = self.inward.of_many(ends.targets)
        goes = ~ends.barred[last]
        which, last, s4 = only(goes, which, last, s4)
        if len(first) and len(last) and ends.hops > 1:
            self._through(best, ends, (first, s1), (last, s4))
        arrivals = (last, ends.targets[which], s4)
        return best.winner(ends.start, self.actors.uids, arrivals)

    def _through(
        self, best: Best, ends: Ends, first: tuple[Array, Array], last: tuple[Array, Array]
    ) -> None:
        """Two, three and four steps; each stage's best score is the floor of the next."""
        ease, count = self.actors.ease * PER_GO_BETWEEN, len(self.actors.uids)
        (x, s1), out_of, into = first, np.zeros(count), np.zeros(count)
        out_of[x] = s1
        np.maximum.at(into, last[0], last[1])
        y = np.flatnonzero(into)
        s4 = into[y]
        near, far = s1 * ease[x], s4 * ease[y]
        best.add(near * into[x], np.minimum(s1, into[x]), x)
        if ends.hops > 2:
            self._meet(best, ends, (x, near, s1, out_of), (y, far, s4, into), ease)

    def _meet(
        self,
        best: Best,
        ends: Ends,
        left: tuple[Array, Array, Array, Array],
        right: tuple[Array, Array, Array, Array],
        ease: Array,
    ) -> None:
        """Three steps from the side with fewer ties; then both sides' halves, joined."""
        (first, near, s1, out_of), (last, far, s4, into) = left, right
        ahead, behind = (self.outward, first, near, s1), (self.inward, last, far, s4)
        if self.outward.count[first].sum() <= self.inward.count[last].sum():
            x, m, a, low = self._second(*ahead, ends.barred, best.floor / far.max())
            best.add(a * ease[m] * into[m], np.minimum(low, into[m]), x, m)
            if ends.hops < 4:
                return
            y, n, b, least = self._second(*behind, ends.barred, best.floor / near.max())
        else:
            y, n, b, least = self._second(*behind, ends.barred, best.floor / near.max())
            best.add(out_of[n] * ease[n] * b, np.minimum(least, out_of[n]), n, y)
            if ends.hops < 4:
                return
            x, m, a, low = self._second(*ahead, ends.barred, best.floor / far.max())
        self._joined(best, (x, m, a * ease[m], low), (y, n, b, least))

    def _second(
        self, rows: Rows, near: Array, score: Array, low: Array, barred: Array, floor: float
    ) -> tuple[Array, Array, Array, Array]:
        """One step on from `near`: through whom, to whom, the score so far, its weakest step."""
        near, score, low = only(score >= floor - SLACK, near, score, low)
        which, there, step = rows.of_many(near)
        score = score[which] * step
        ok = (score >= floor - SLACK) & ~barred[there]
        which, there, step, score = only(ok, which, there, step, score)
        return near[which], there, score, np.minimum(low[which], step)

    def _joined(
        self,
        best: Best,
        left: tuple[Array, Array, Array, Array],
        right: tuple[Array, Array, Array, Array],
    ) -> None:
        """Four steps: halves that meet in one actor and have no other in common."""
        count = len(self.actors.uids)
        from_start, to_end = np.zeros(count), np.zeros(count)
        (x, m, a, low), (y, n, b, least) = left, right
        np.maximum.at(from_start, m, a)
        np.maximum.at(to_end, n, b)
        floor = max(best.floor - SLACK, SLACK)
        x, m, a, low = only(a * to_end[m] >= floor, x, m, a, low)
        y, n, b, least = only(b * from_start[n] >= floor, y, n, b, least)
        if not (len(m) and len(n)):
            return
        # The best halves of an actor, if they are apart, are a pathway: a floor for all the joins.
        one, other = np.full((2, count), -1, np.int32)
        one[m[a == from_start[m]]] = x[a == from_start[m]]
        other[n[b == to_end[n]]] = y[b == to_end[n]]
        tops = from_start * to_end * (one != other)
        floor = max(best.floor, float(tops.max())) - SLACK
        x, m, a, low = only(a * to_end[m] >= floor, x, m, a, low)
        y, n, b, least = only(b * from_start[n] >= floor, y, n, b, least)
        i, j = join(m, n)
        i, j = only((x[i] != y[j]) & (a[i] * b[j] >= floor), i, j)
        best.add(a[i] * b[j], np.minimum(low[i], least[j]), x[i], m[i], y[j])
