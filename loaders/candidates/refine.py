"""The figures of Fellegi and Sunter settled on all pairs that were compared.

Random pairs hold matches too, and in a small table they are most of what agrees: chance agreement
is what is left of a level's share without them, u = (share - rate x m) / (1 - rate). What no
training session could estimate is estimated here, from the same mixture. Figures are smoothed by a
few pairs of their start, kept off nought, and a better level never weighs less than a worse one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
M_LEAST, U_LEAST = 2e-3, 2e-7
SMOOTH = 5.0  # pairs' worth that a start weighs
USUAL = 20.0  # pairs' worth of what is usual, where few matches were there to learn from
EQUAL, NOTHING = 0.6, 0.1  # of matches, usually: equal; nothing alike
ROUNDS = 40


@dataclass
class Figures:
    """One comparison: m and u of each level, best first; `share`: among random pairs."""

    m: Floats
    u: Floats
    share: Floats
    trained: bool

    @classmethod
    def of(
        cls, starts: Sequence[float], ms: Sequence[float | None], us: Sequence[float | None]
    ) -> "Figures":
        """From what Splink trained; from starting bits where it could not."""
        share = np.array([0.0 if u is None else float(u) for u in us])
        share = np.maximum(share / max(share.sum(), 1e-12), U_LEAST)
        begun = share * 2.0 ** np.array(starts)
        trained = any(m is not None for m in ms)
        found = np.array([0.0 if m is None else float(m) for m in ms])
        return cls(_kept(found if trained else begun), share.copy(), share, trained)

    def again(self, counts: dict[int, int]) -> None:
        """m by what known matches show."""
        seen = np.array([float(counts.get(level, 0)) for level in range(len(self.m))])
        self.m = _kept(seen + SMOOTH * self.m)

    def bits(self) -> list[float]:
        return [math.log2(m / u) for m, u in falling(self.m, self.u)]


def _kept(m: Floats) -> Floats:
    """A distribution that rules nothing out."""
    least = np.maximum(m / max(m.sum(), 1e-12), M_LEAST)
    return np.asarray(least / least.sum())


def falling(m: Floats, u: Floats) -> list[tuple[float, float]]:
    """Neighbours pooled until no level weighs more than a better one."""
    pools: list[tuple[float, float, int]] = []
    for now in zip(m, u, [1] * len(m), strict=True):
        pools.append(now)
        while len(pools) > 1 and pools[-1][0] * pools[-2][1] > pools[-2][0] * pools[-1][1]:
            (m2, u2, n2), (m1, u1, n1) = pools.pop(), pools.pop()
            pools.append((m1 + m2, u1 + u2, n1 + n2))
    return [(m / n, u / n) for m, u, n in pools for _ in range(n)]


def refine(
    figures: list[Figures], counts: Sequence[Sequence[int]], tops: Sequence[int], pairs: float
) -> list[Figures]:
    """Settle rate, u, and m of what was not trained. `counts`: levels of a pattern (-1: worse than
    the worst is missing, told as top + 1) and how many pairs show it; `pairs`: of the whole table.
    """
    found = np.array(counts, dtype=np.int64)
    levels, often = found[:, :-1], found[:, -1].astype(float)
    there = levels <= np.array(tops)
    starts = [each.m.copy() for each in figures]
    rate = 1e-4
    for round_ in range(ROUNDS):
        chances = _chances(figures, levels, there, rate)
        matched = chances * often
        rate = float(np.clip(matched.sum() / pairs, 1e-9, 0.3))
        for n, each in enumerate(figures):
            if not each.trained:
                each.m = _maximised(matched, levels[:, n], there[:, n], starts[n])
            elif not round_:
                each.m = usual(each.m, rate * pairs)
            left = (each.share - rate * each.m) / (1 - rate)
            each.u = np.maximum(left, np.maximum(U_LEAST, 0.02 * each.share))
    return figures


def usual(m: Floats, matches: float) -> Floats:
    """What was learnt of so many matches, and a little of what is usual among matches."""
    between = max(1, len(m) - 2)
    middle = (1 - EQUAL - NOTHING) / between
    start = np.array([EQUAL, *[middle] * (len(m) - 2), NOTHING])
    return _kept(m * matches + USUAL * start)


def _chances(
    figures: list[Figures], levels: npt.NDArray[np.int64], there: npt.NDArray[np.bool_], rate: float
) -> Floats:
    bits = np.full(len(levels), math.log2(rate / (1 - rate)))
    for n, each in enumerate(figures):
        weights = np.array([*each.bits(), 0.0])
        bits += np.where(there[:, n], weights[levels[:, n]], 0.0)
    return np.asarray(1 / (1 + 2.0 ** -np.clip(bits, -60, 60)))


def _maximised(
    matched: Floats, levels: npt.NDArray[np.int64], there: npt.NDArray[np.bool_], start: Floats
) -> Floats:
    sums = np.bincount(levels[there], matched[there], minlength=len(start))[: len(start)]
    return _kept(sums + SMOOTH * start)
