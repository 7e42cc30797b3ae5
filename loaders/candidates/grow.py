"""Clusters from pairs that are likelier one thing than not: greedy, from the surest pair on.

Two clusters join only if the weights between all of their records, summed, speak for it: one stray
pair joins no two crowds. A cluster holds one record at most of a source without doubles. Records
that no likely pair connects cannot end in one cluster: so whatever hangs together is found first,
by numbers alone, and only what holds three or more is gone through pair by pair.
"""

import numpy as np

from tieline.loaders.candidates.pairs import Floats, Ints

MOST = 20.0  # bits that one pair can bring
UNSEEN = -6.0  # bits of a pair that was not even worth comparing
Between = dict[int, tuple[float, int]]


def grown(left: Ints, right: Ints, bits: Floats, lone: Ints) -> Ints:
    """Of each record the first of its cluster. `lone`: its source if that has no doubles, or -1."""
    sure = bits > 0
    of = hung(len(lone), left[sure], right[sure])
    size = np.bincount(of, minlength=len(lone))
    together = np.flatnonzero((of[left] == of[right]) & (size[of[left]] > 1))
    several = size[of[left[together]]] > 2
    twos, more = together[~several], together[several]
    apart = twos[(lone[left[twos]] >= 0) & (lone[left[twos]] == lone[right[twos]])]
    of[right[apart]] = right[apart]
    order = np.lexsort((right[more], left[more], -bits[more], of[left[more]]))
    ranked = more[order]
    starts = np.flatnonzero(np.diff(of[left[ranked]], prepend=-1))
    for part in np.split(ranked, starts[1:]) if len(ranked) else ():
        _part(left[part], right[part], bits[part], lone, of)
    return of


def hung(records: int, left: Ints, right: Ints) -> Ints:
    """Of each record the lowest that it hangs together with."""
    of = np.arange(records, dtype=np.int32)
    while True:
        one, other = of[left], of[right]
        if not (apart := one != other).any():
            return of
        low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        np.minimum.at(of, high, low)
        while (of[of] != of).any():
            of = of[of]


def _part(left: Ints, right: Ints, bits: Floats, lone: Ints, of: Ints) -> None:
    """Cluster what hangs together, and say so in `of`; its pairs come surest first."""
    grown = _Grown(left, right, bits, lone)
    for one, other, weight in zip(left.tolist(), right.tolist(), bits.tolist(), strict=True):
        if weight <= 0:
            break
        grown.join(grown.of[one], grown.of[other])
    for members in grown.members.values():
        of[members] = min(members)


class _Grown:
    """`between[a][b]`: of the known pairs between two clusters the sum, and how many."""

    def __init__(self, left: Ints, right: Ints, bits: Floats, lone: Ints) -> None:
        records = np.unique(np.concatenate([left, right])).tolist()
        self.of = {record: record for record in records}
        self.members = {record: [record] for record in records}
        self.held = {r: {int(lone[r])} - {-1} for r in records}
        self.between: dict[int, Between] = {record: {} for record in records}
        weights = np.clip(bits, -MOST, MOST).tolist()
        for one, other, weight in zip(left.tolist(), right.tolist(), weights, strict=True):
            self.between[one][other] = self.between[other][one] = (weight, 1)

    def join(self, one: int, other: int) -> None:
        if one == other or self.held[one] & self.held[other]:
            return
        total, known = self.between[one].get(other, (0.0, 0))
        unseen = len(self.members[one]) * len(self.members[other]) - known
        if total + unseen * UNSEEN <= 0:
            return
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        self._move(other, one)

    def _move(self, gone: int, to: int) -> None:
        for record in (moved := self.members.pop(gone)):
            self.of[record] = to
        self.members[to] += moved
        self.held[to] |= self.held.pop(gone)
        del self.between[to][gone]
        for each, (total, known) in self.between.pop(gone).items():
            if each != to:
                was, seen = self.between[to].get(each, (0.0, 0))
                both = (was + total, seen + known)
                self.between[to][each] = self.between[each][to] = both
                del self.between[each][gone]
