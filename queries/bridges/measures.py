"""How much an actor stands between others: Burt's constraint and effective size, for all at once.

Ties count alike. Of an actor with d ties, t of them between those they are tied to:

    effective size  d - 2 t / d                                  (Borgatti 1997)
    constraint      sum over j of ((1 + s_ij) / d)^2             (Burt 1992)
                    s_ij: sum of 1 / d_q over those tied to both i and j

Both follow from the triangles of the field, each found once, from its least tied corner: so a hub
costs no more than its ties can close (Chiba and Nishizeki 1985).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Floats, Ints

CHUNK = 4_000_000  # pairs of ties looked at in one go: some 200 MB
SPARSE = 3  # bits of room for each tie in the table that says which pairs are none
MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads what is close


@dataclass(frozen=True)
class Measures:
    """Of each actor. `joined`: of those tied to them, how many are tied to another of these."""

    ties: Ints
    joined: Ints
    constraint: Floats  # nan of those without a tie
    effective: Floats  # likewise


def measures(actors: int, ends: Ints) -> Measures:
    """Of actors 0 ... `actors` - 1 and ties, a row each, none twice, none to oneself."""
    degree = np.bincount(ends.ravel(), minlength=actors)
    common: Floats = np.zeros(len(ends))
    through: Floats = np.zeros(len(ends))
    each = 1 / np.maximum(degree, 1)
    for ties, corners in _triangles(actors, ends, degree):
        for tie, corner in zip(ties, corners, strict=True):
            common += np.bincount(tie, minlength=len(ends)).astype(np.float64)
            through += np.bincount(tie, weights=each[corner], minlength=len(ends))

    def summed(values: npt.NDArray[np.float64]) -> Floats:
        both = np.repeat(values, 2)
        found: Floats = np.bincount(ends.ravel(), both, actors).astype(np.float64)
        return np.where(degree > 0, found, np.nan)

    joined = np.bincount(ends[common > 0].ravel(), minlength=actors)
    effective = degree - summed(common) * each
    return Measures(degree, joined, summed((1 + through) ** 2) * each**2, effective)


def _triangles(
    actors: int, ends: Ints, degree: Ints
) -> Iterator[tuple[tuple[Ints, ...], tuple[Ints, ...]]]:
    """Three ties (places in `ends`), and of each the corner that it does not touch."""
    if not len(ends):
        return
    by_degree = np.argsort(degree, kind="stable")
    rank = np.empty(actors, np.int64)
    rank[by_degree] = np.arange(actors)
    turned = np.sort(rank[ends], axis=1)
    order = np.lexsort((turned[:, 1], turned[:, 0]))
    low, high = turned[order, 0], turned[order, 1]
    tied = _Tied(low * actors + high)
    stop = np.searchsorted(low, low, side="right")
    more = stop - np.arange(len(low)) - 1  # ties of the same corner that come after it
    for first, last in _chunks(more):
        step("finding the triangles", first, len(more))
        one = np.repeat(np.arange(first, last), more[first:last])
        begin = np.cumsum(more[first:last]) - more[first:last]
        two = one + 1 + np.arange(len(one)) - np.repeat(begin, more[first:last])
        found, three = tied.places(high[one] * actors + high[two])
        one, two = one[found], two[found]
        corners = by_degree[high[two]], by_degree[high[one]], by_degree[low[one]]
        yield (order[one], order[two], order[three]), corners


def _chunks(sizes: Ints) -> Iterator[tuple[int, int]]:
    """Runs of about CHUNK in all."""
    reached = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(reached[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + CHUNK, side="right")))
        yield first, last
        first = last


class _Tied:
    """Which pairs are ties. Most are none: a table of bits says so before they are looked up."""

    def __init__(self, keys: Ints) -> None:
        self._keys = keys
        bits = min(27, max(10, len(keys).bit_length() + SPARSE))
        self._shift = np.uint64(64 - bits)
        self._maybe = np.zeros(1 << bits, dtype=bool)
        self._maybe[self._spread(keys)] = True

    def _spread(self, keys: Ints) -> npt.NDArray[np.uint64]:
        found: npt.NDArray[np.uint64] = (keys.astype(np.uint64) * MIX) >> self._shift
        return found

    def places(self, asked: Ints) -> tuple[Ints, Ints]:
        """Which of those asked are ties, and where."""
        likely = np.flatnonzero(self._maybe[self._spread(asked)])
        wanted = asked[likely]
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        are = self._keys[at] == wanted
        return likely[are], at[are]
