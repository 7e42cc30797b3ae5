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
FEW = 20.0  # pairs' worth of what is usual, where few were there to learn from
EQUAL, NOTHING = 0.6, 0.1  # of matches, usually: equal; nothing alike
ENOUGH = 3  # columns: of two, a third thing that both hang on, such as a place, passes for a match
ROUNDS = 40


@dataclass(frozen=True)
class Share:
    """`of`: how often two records at random come to each level, best first, among so many pairs."""

    of: Floats
    pairs: float


@dataclass
class Figures:
    """One comparison: m and u of each level, best first; `share`: among random pairs; `firm`: the
    bits of each level, where these are no matter of what is found.
    """

    m: Floats
    u: Floats
    share: Floats
    trained: bool
    firm: Sequence[float] = ()

    @classmethod
    def of(
        cls,
        starts: Sequence[float],
        ms: Sequence[float | None],
        share: Share,
        firm: bool = False,
    ) -> "Figures":
        """From what Splink trained, else from what is usual; of few pairs the starting bits say
        what agrees by chance.
        """
        usually = _usual(len(starts))
        begun = usually / 2.0 ** np.array(starts)
        chance = _chance(share, begun / begun.sum())
        trained = any(m is not None for m in ms)
        found = np.array([0.0 if m is None else float(m) for m in ms])
        m = _kept(found if trained else usually)
        return cls(m, chance.copy(), chance, trained, starts if firm else ())

    def again(self, counts: npt.NDArray[np.int64], share: Share) -> None:
        """m by what known matches show, u by how often others agree where nothing matches."""
        self.m = _kept(counts + SMOOTH * self.m)
        if share.pairs:
            self.u = _chance(share, self.u)

    def bits(self) -> list[float]:
        return [*self.firm] or [math.log2(m / u) for m, u in falling(self.m, self.u)]


def _chance(share: Share, start: Floats) -> Floats:
    """Of few pairs the start says more than they do."""
    found = share.of * share.pairs + FEW * start
    return np.asarray(np.maximum(found / found.sum(), U_LEAST))


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
    figures: list[Figures], counts: npt.NDArray[np.int64], tops: Sequence[int], pairs: float
) -> list[Figures]:
    """Settle rate, u, and m of what was not trained. `counts`: levels of a pattern (missing: worse
    than the worst, top + 1), then how many pairs show it; `pairs`: of the whole table.
    """
    levels, often = counts[:, :-1], counts[:, -1].astype(float)
    there = levels <= np.array(tops)
    rate = _most(figures, pairs)
    told = len(figures) >= ENOUGH  # fewer cannot tell what agrees in matches: that stays as usual
    for round_ in range(ROUNDS if len(figures) > 1 else 0):
        _left(figures, rate)
        matched = _chances(figures, levels, there, rate) * often
        rate = float(np.clip(matched.sum() / pairs, 1e-9, 0.3))
        for n, each in enumerate(figures):
            if not each.trained and told:
                each.m = _maximised(matched, levels[:, n], there[:, n], len(each.m))
            elif each.trained and not round_:
                each.m = usual(each.m, rate * pairs)
    _left(figures, rate)
    return figures


def _most(figures: list[Figures], pairs: float) -> float:
    """The share of matches to begin with: one match a record, for more is not usual; and of a
    single column no more than explain all that is equal.
    """
    rate = min(0.3, 1 / math.sqrt(2 * pairs))
    return min(rate, figures[0].share[0] / figures[0].m[0]) if len(figures) < 2 else rate


def _left(figures: list[Figures], rate: float) -> None:
    """What agrees by chance: the share at random without the matches in it."""
    for each in figures:
        left = (each.share - rate * each.m) / (1 - rate)
        each.u = np.maximum(left, np.maximum(U_LEAST, 0.02 * each.share))


def usual(m: Floats, matches: float) -> Floats:
    """What was learnt of so many matches, and a little of what is usual among matches."""
    return _kept(m * matches + FEW * _usual(len(m)))


def _usual(levels: int) -> Floats:
    """Between equal and nothing alike each level is half as usual as the better one."""
    middle = 0.5 ** np.arange(levels - 2)
    middle *= (1 - EQUAL - NOTHING) / max(1e-9, middle.sum())
    return _kept(np.array([EQUAL, *middle, NOTHING]))


def _chances(
    figures: list[Figures], levels: npt.NDArray[np.int64], there: npt.NDArray[np.bool_], rate: float
) -> Floats:
    bits = np.full(len(levels), math.log2(rate / (1 - rate)))
    for n, each in enumerate(figures):
        weights = np.array([*each.bits(), 0.0])
        bits += np.where(there[:, n], weights[levels[:, n]], 0.0)
    return np.asarray(1 / (1 + 2.0 ** -np.clip(bits, -60, 60)))


def _maximised(
    matched: Floats, levels: npt.NDArray[np.int64], there: npt.NDArray[np.bool_], size: int
) -> Floats:
    sums = np.bincount(levels[there], matched[there], minlength=size)[:size]
    return _kept(sums + FEW * _usual(size))
