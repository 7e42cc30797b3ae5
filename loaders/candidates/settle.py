"""From weighed pairs to what is held to be one thing: a threshold and clusters, without any truth.

    settle(con, across) -> Settled(prior bits within and across, clusters ...)

The share of all pairs that match is the one at which the pairs' own chances add up to it, within a
source and across sources apart: they are different questions. A pair is a match where match is
likelier than not. A source in which almost nothing matches has no doubles, so no cluster takes two
of its records. Clusters grow from the surest pair on, and two join only if the weights between all
of their records, summed, speak for it: one stray pair joins no two crowds.

This is for measuring and for ordering what people review. Nothing here joins anything in the graph.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CLEAN = 0.02  # share of a source's records with a near one in it, up to which it has no doubles
USUAL = 0.25  # quantile of matches across sources that a pair must reach to be near
MOST = 20.0  # bits that one pair can bring
UNSEEN = -6.0  # bits of a pair that was not even worth comparing
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: str
    weight: float  # bits of evidence, without a prior


def prior(weights: Floats, pairs: float) -> float:
    """Bits for a match of any two of so many pairs, before anything is known of them.

    The fixed point of lambda = sum of chances / pairs, from above: it falls or stays.
    """
    rate = max(1e-12, min(0.5, (weights > 0).sum() / pairs))
    for _ in range(ROUNDS):
        bits = np.clip(weights + math.log2(rate / (1 - rate)), -60, 60)
        found = float((1 / (1 + 2.0**-bits)).sum() / pairs)
        found = max(1e-12, min(0.5, found))
        if abs(found - rate) <= 1e-6 * rate:
            break
        rate = found
    return math.log2(rate / (1 - rate))


@dataclass
class Settled:
    """`bits` of a pair include its prior: above 0 is likelier than not."""

    bits: dict[tuple[str, str], float]
    clean: frozenset[str]
    clusters: list[list[str]]

    def matches(self, source: Mapping[str, str]) -> list[tuple[str, str]]:
        """Pairs within clusters, of two sources where there are several."""
        lone = len(set(source.values())) < 2
        return [
            (left, right)
            for members in self.clusters
            for left, right in combinations(members, 2)
            if lone or source[left] != source[right]
        ]


def settle(pairs: Sequence[Pair], source: Mapping[str, str]) -> Settled:
    """Clusters of all records of `source` (record to source), singles included."""
    bits = _posterior(pairs, source)
    clean = _clean(pairs, bits, source)
    clusters = Grown(source, clean, bits).clusters
    return Settled(bits, clean, clusters)


def _posterior(pairs: Sequence[Pair], source: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Evidence and prior together; one prior within each source, one across."""
    sizes = Counter(source.values())
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        one, other = source[pair.left], source[pair.right]
        groups[one if one == other else ""].append(pair)
    whole = sum(sizes.values())
    within = {name: n * (n - 1) / 2 for name, n in sizes.items()}
    within[""] = whole * (whole - 1) / 2 - sum(within.values())
    bits: dict[tuple[str, str], float] = {}
    for name, group in groups.items():
        weights = np.array([pair.weight for pair in group])
        before = prior(weights, max(1.0, within[name]))
        bits |= {(pair.left, pair.right): pair.weight + before for pair in group}
    return bits


def _clean(
    pairs: Sequence[Pair], bits: Mapping[tuple[str, str], float], source: Mapping[str, str]
) -> frozenset[str]:
    """Sources without doubles: hardly a record has another of its source as near to it as most
    matches across sources are. A lone source is asked about, and never taken to have none.
    """
    sizes = Counter(source.values())
    across = _mutual([p for p in pairs if source[p.left] != source[p.right]], bits)
    if len(sizes) < 2 or not across:
        return frozenset()
    near = float(np.quantile([pair.weight for pair in across], USUAL))
    twice: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.weight >= near and source[pair.left] == source[pair.right]:
            twice[source[pair.left]] |= {pair.left, pair.right}
    return frozenset(name for name, n in sizes.items() if len(twice[name]) <= CLEAN * n)


def _mutual(pairs: Sequence[Pair], bits: Mapping[tuple[str, str], float]) -> list[Pair]:
    """Of likely pairs those whose two records are the best for each other."""
    best: dict[str, float] = {}
    likely = [pair for pair in pairs if bits[pair.left, pair.right] > 0]
    for pair in likely:
        for record in (pair.left, pair.right):
            best[record] = max(best.get(record, pair.weight), pair.weight)
    return [p for p in likely if best[p.left] == best[p.right] == p.weight]


class Grown:
    """Greedy correlation clustering; ties by record, so runs agree."""

    def __init__(
        self,
        source: Mapping[str, str],
        clean: frozenset[str],
        bits: Mapping[tuple[str, str], float],
    ) -> None:
        self.of = {record: record for record in source}
        self.members = {record: [record] for record in source}
        self.held = {r: Counter([s] if s in clean else []) for r, s in source.items()}
        self.bits = bits
        sure = sorted((p for p in bits if bits[p] > 0), key=lambda p: (-bits[p], p))
        for left, right in sure:
            self.join(self.of[left], self.of[right])
        self.clusters = sorted(sorted(each) for each in self.members.values())

    def join(self, one: str, other: str) -> None:
        if one == other or self.held[one].keys() & self.held[other].keys():
            return
        if self.between(self.members[one], self.members[other]) <= 0:
            return
        if len(self.members[one]) < len(self.members[other]):
            one, other = other, one
        gone = self.members.pop(other)
        self.members[one] += gone
        self.held[one].update(self.held.pop(other))
        for record in gone:
            self.of[record] = one

    def between(self, ones: Iterable[str], others: Sequence[str]) -> float:
        total = 0.0
        for a in ones:
            for b in others:
                known = self.bits.get((a, b) if a < b else (b, a), UNSEEN)
                total += max(-MOST, min(MOST, known))
        return total
