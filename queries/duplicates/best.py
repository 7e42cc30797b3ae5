"""The pairs that overlap most: exactly those that comparing all would find, in fewer comparisons.

What two can weigh at most is known before all of it is worked out: the place first, then the
themes, the time, the text. Whatever cannot reach the last of the best found so far is dropped at
each step. What is left is compared as it is defined (`Index.compared`).
"""

from collections.abc import Set
from dataclasses import dataclass, field

import numpy as np

from tieline.queries.answers.work import step
from tieline.queries.duplicates.blocks import Allowed, Block, blocks, pairs, rowwise
from tieline.queries.duplicates.effort import UNKNOWN
from tieline.queries.duplicates.index import Alike, Index
from tieline.queries.duplicates.written import Array

SLACK = 1e-12  # weights are compared rounded


@dataclass(frozen=True)
class Pair:
    """Two projects by number, the lower first, and how they overlap."""

    left: int
    right: int
    alike: Alike

    @property
    def order(self) -> tuple[float, int, int]:
        return -self.alike.score.weight, self.left, self.right


@dataclass
class Best:
    """The `most` best so far, none of them `barred` (pairs of numbers, the lower first)."""

    index: Index
    most: int
    barred: Set[tuple[int, int]]
    allowed: Allowed
    kept: list[Pair] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)

    @property
    def floor(self) -> float:
        """What a pair has to weigh to be among them."""
        return self.kept[-1].alike.score.weight if len(self.kept) == self.most else 0.0

    def add(self, left: Array, right: Array, both: Array, place: float) -> None:
        """Pairs, the lower first, with what they share, whose place has this score. (Or more: then
        they have been met before.)"""
        weight = self.at_most(left, right, both, place)
        ok = (weight > 0) & (weight >= self.floor - SLACK)
        left, right, weight = left[ok], right[ok], weight[ok]
        ok = self.index.two_teams(left, right)
        left, right, weight = left[ok], right[ok], weight[ok]
        order = np.lexsort((right, left, -weight.round(12)))
        left, right, weight = left[order], right[order], weight[order]
        while len(left):
            self._take(left[: self.most], right[: self.most])
            left, right, weight = (each[self.most :] for each in (left, right, weight))
            ok = self._may(left, right, weight)
            left, right, weight = left[ok], right[ok], weight[ok]

    def _may(self, left: Array, right: Array, weight: Array) -> Array:
        """Which of these may still be among the best: equal weights go by number."""
        if len(self.kept) < self.most:
            return np.ones(len(left), bool)
        last = self.kept[-1]
        before = (left < last.left) | ((left == last.left) & (right < last.right))
        more = weight > self.floor + SLACK
        return np.asarray(more | ((weight >= self.floor - SLACK) & before), bool)

    def _take(self, left: Array, right: Array) -> None:
        for pair in zip(left.tolist(), right.tolist(), strict=True):
            if pair in self.seen or pair in self.barred:
                continue
            self.seen.add(pair)
            one, other = (self.index.side(at) for at in pair)
            alike = self.index.compared(one, other)
            if alike.score.weight > 0 and alike.score.theme:
                self.kept.append(Pair(*pair, alike))
        self.kept = sorted(self.kept, key=lambda pair: pair.order)[: self.most]

    def at_most(self, left: Array, right: Array, both: Array, place: float) -> Array:
        """What each weighs, or more where a closeMatch is in it; 0 once it cannot be enough."""
        index, floor = self.index, self.floor - SLACK
        weight = np.zeros(len(left))
        theme = shared(index, left, right, both)
        at = np.flatnonzero((theme > 0) & (place * (0.5 * theme + 0.5) >= floor))
        time = days(index, left[at], right[at])
        full = place * time * (0.5 * theme[at] + 0.5)
        ok = (time > 0) & (full >= floor)
        at, time = at[ok], time[ok]
        text = said(index, left[at], right[at])
        weight[at] = place * time * (0.5 * theme[at] + 0.5 * text)
        return weight


def shared(index: Index, left: Array, right: Array, both: Array) -> Array:
    """How alike the themes of each pair are: exactly, or more where a closeMatch is in it."""
    one, other = index.said[left], index.said[right]
    least = np.minimum(one, other) if index.near else one + other - both
    return np.asarray(np.minimum(both / np.where(least > 0, least, 1.0), 1.0))


def days(index: Index, left: Array, right: Array) -> Array:
    """Days both run by those of the shorter; UNKNOWN where a start is not recorded."""
    starts, ends = index.starts, index.ends
    both = np.minimum(ends[left], ends[right]) - np.maximum(starts[left], starts[right]) + 1
    shorter = np.minimum(ends[left] - starts[left], ends[right] - starts[right]) + 1
    known = index.dated[left] & index.dated[right]
    return np.where(known, np.maximum(both, 0) / shorter, UNKNOWN)


def said(index: Index, left: Array, right: Array) -> Array:
    """How alike the texts are; 0 where one has none."""
    return np.minimum(rowwise(index.texts.rows, left, right), 1.0)


def best(
    index: Index, rows: Array, most: int, barred: Set[tuple[int, int]] = frozenset()
) -> tuple[list[Pair], Allowed]:
    """The most worth a conversation among these projects; what was compared and what was not."""
    allowed = Allowed.of(len(index.uids))
    found = Best(index, most, barred, allowed)
    rows = rows[index.comparable[rows]]
    for each in blocks(index, rows):
        for at, block in enumerate(each):
            step("comparing projects", at, len(each))
            if block.score < found.floor - SLACK:
                return found.kept, allowed
            _through(index, block, found)
    return found.kept, allowed


def _through(index: Index, block: Block, found: Best) -> None:
    for left, right, both in pairs(index, block, found.allowed):
        step("comparing projects", found.allowed.compared, found.allowed.pairs)
        found.add(left, right, both, block.score)
