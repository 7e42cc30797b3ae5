"""The picture before: somebody new does not turn the map round.

A picture is turned (and mirrored, if need be) to lie as the one before did. Only if all that was on
that one, actors and ties, is there to be seen now: else somebody hidden or erased since would still
have a hand in how it lies. In memory alone, and gone with whatever else is forgotten.
"""

from collections import OrderedDict
from typing import Any

import numpy as np

from tieline.queries.answers.kept import Kept, Key
from tieline.queries.bridges.field import Floats
from tieline.queries.map.drawn import Drawn
from tieline.queries.map.layout import framed

MOST = 16
Seen = tuple[Drawn, Floats]


class Before(Kept[Seen]):
    """The last settled picture of each viewer's level and part, whatever the graph's version."""

    def __init__(self) -> None:
        super().__init__(MOST)
        self._last: OrderedDict[Any, Seen] = OrderedDict()

    def forget(self) -> None:
        super().forget()
        self._last.clear()

    def put(self, key: Key, drawn: Drawn, at: Floats) -> None:
        self._last[_part(key)] = (drawn, at)
        while len(self._last) > MOST:
            self._last.popitem(last=False)

    def of(self, key: Key, now: Drawn) -> Seen | None:
        """The picture before, if all of it may be seen now; else it is forgotten."""
        found = self._last.get(_part(key))
        if found and not within(found[0], now):
            del self._last[_part(key)]
            return None
        return found


def _part(key: Key) -> tuple[Any, ...]:
    return key.level, key.person, key.arguments


def within(before: Drawn, now: Drawn) -> bool:
    """Whether everybody on the one is on the other, and every tie."""
    return set(before.uids) <= set(now.uids) and _ties(before) <= _ties(now)


def same(before: Drawn, now: Drawn) -> bool:
    return (before.uids, _ties(before)) == (now.uids, _ties(now))


def _ties(drawn: Drawn) -> set[tuple[str, str, int]]:
    rows = zip(drawn.ends.tolist(), drawn.label.tolist(), strict=True)
    return {(drawn.uids[a], drawn.uids[b], label) for (a, b), label in rows}


def turned(at: Floats, now: Drawn, before: Seen) -> Floats:
    """Turned as the picture before lies, as nearly as turning and mirroring can (Schönemann, 1966:
    orthogonal Procrustes)."""
    place = {uid: number for number, uid in enumerate(now.uids)}
    here = at[[place[uid] for uid in before[0].uids]]
    there = before[1]
    if len(there) < 2:
        return at
    left, _, right = np.linalg.svd((here - here.mean(axis=0)).T @ (there - there.mean(axis=0)))
    return framed(at @ (left @ right))
