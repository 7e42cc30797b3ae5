"""From weighed pairs to what is held to be one thing: a threshold and clusters, without any truth.

The share of all pairs that match is the one at which the pairs' own chances add up to it, within a
source and across sources apart: they are different questions. A pair is a match where match is
likelier than not. A source in which almost nothing matches has no doubles, so no cluster takes two
of its records. How clusters grow: grow.py.

This is for measuring and for ordering what people review. Nothing here joins anything in the graph.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tieline.loaders.candidates.grow import grown
from tieline.loaders.candidates.pairs import Floats, Ints, Pairs

CLEAN = 0.02  # share of a source's records with a near one in it, up to which it has no doubles
USUAL = 0.25  # quantile of matches across sources that a pair must reach to be near
ROUNDS = 200
FINE = 50  # parts of a bit, told apart where chances are added up
Wide = npt.NDArray[np.float64]


def prior(weights: Floats | Wide, pairs: float) -> float:
    """Bits for a match of any two of so many pairs, before anything is known of them.

    The fixed point of lambda = sum of chances / pairs, from above: it falls or stays.
    """
    rate = max(1e-12, min(0.5, (weights > 0).sum() / pairs))
    bins, often = np.unique(np.round(np.asarray(weights, float) * FINE), return_counts=True)
    for _ in range(ROUNDS):
        bits = np.clip(bins / FINE + math.log2(rate / (1 - rate)), -60, 60)
        found = float((often / (1 + 2.0**-bits)).sum() / pairs)
        found = max(1e-12, min(0.5, found))
        if abs(found - rate) <= 1e-6 * rate:
            break
        rate = found
    return math.log2(rate / (1 - rate))


@dataclass
class Settled:
    """`bits` of a pair include its prior: above 0 is likelier than not. `of`: a record's cluster,
    by the number of its first record. `clean`: sources without doubles.
    """

    pairs: Pairs
    bits: Floats
    clean: npt.NDArray[np.bool_]
    of: Ints

    def matched(self, source: Ints) -> npt.NDArray[np.bool_]:
        """Of the pairs those within a cluster, of two sources where there are several."""
        one, other = self.pairs.left, self.pairs.right
        across = source[one] != source[other] if len(self.clean) > 1 else True
        return np.asarray((self.of[one] == self.of[other]) & across)

    def clusters(self, ids: Sequence[str]) -> list[list[str]]:
        """Of all records, those that stand alone too; `ids` in order."""
        made: dict[int, list[str]] = {}
        for id, first in zip(ids, self.of.tolist(), strict=True):
            made.setdefault(first, []).append(id)
        return list(made.values())


def settle(pairs: Pairs, source: Ints) -> Settled:
    """Clusters of all records; `source`: of each record the number of its source, from 0 on."""
    sizes = np.bincount(source)
    bits = _posterior(pairs, source, sizes)
    clean = _clean(pairs, bits, source, sizes)
    lone = np.where(clean[source], source, -1).astype(np.int32)
    return Settled(pairs, bits, clean, grown(pairs.left, pairs.right, bits, lone))


def _posterior(pairs: Pairs, source: Ints, sizes: npt.NDArray[np.int64]) -> Floats:
    """Evidence and prior together; one prior within each source, one across."""
    one, other = source[pairs.left], source[pairs.right]
    group = np.where(one == other, one, -1)
    within = sizes * (sizes - 1) / 2
    whole = len(source) * (len(source) - 1) / 2
    bits = pairs.weight.copy()
    for name in np.unique(group):
        held = group == name
        of = whole - within.sum() if name < 0 else within[name]
        bits[held] += prior(pairs.weight[held], max(1.0, float(of)))
    return bits


def _clean(
    pairs: Pairs, bits: Floats, source: Ints, sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Sources without doubles: hardly a record has another of its source as near to it as most
    matches across sources are. A lone source is asked about, and never taken to have none.
    """
    across = source[pairs.left] != source[pairs.right]
    mutual = _mutual(pairs.taken(across), bits[across], len(source))
    if len(sizes) < 2 or not len(mutual):
        return np.zeros(len(sizes), np.bool_)
    near = ~across & (pairs.weight >= np.quantile(mutual, USUAL))
    twice = np.unique(np.concatenate([pairs.left[near], pairs.right[near]]))
    often = np.bincount(source[twice], minlength=len(sizes))
    return np.asarray(often <= CLEAN * sizes)


def _mutual(pairs: Pairs, bits: Floats, records: int) -> Floats:
    """Weights of likely pairs whose two records are the best for each other."""
    likely = pairs.taken(bits > 0)
    best = np.full(records, -np.inf, np.float32)
    for ends in (likely.left, likely.right):
        np.maximum.at(best, ends, likely.weight)
    one, other = best[likely.left], best[likely.right]
    return np.asarray(likely.weight[(one == other) & (one == likely.weight)])
