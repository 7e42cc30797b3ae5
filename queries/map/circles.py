"""Who hangs together: circles of actors with more ties among them than chance would give.

The Louvain method (Blondel and others, 2008): everybody goes to the circle of theirs where
modularity gains most, circles become actors of a smaller field, and so on until nothing moves. In
one fixed order, so that it comes out equal each time.
"""

import numpy as np
import numpy.typing as npt

from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Ints

ROUNDS, LEVELS = 20, 10
LEAST = 1e-9  # a gain below it is the order of adding
FINDING = "finding who hangs together"
Near = list[dict[int, float]]  # of each, whom with what weight; itself too


def circles(many: int, ends: Ints, weights: npt.NDArray[np.float64]) -> list[list[int]]:
    """Actors 0 ... many - 1 by circle, the largest first; who has no tie is in none."""
    near = _near(many, ends, weights)
    mine = list(range(many))  # of each actor, the circle
    for level in range(LEVELS):
        moved = _moved(near)
        step(FINDING, level + 1, LEVELS)
        if len(set(moved)) == len(near):
            break
        names = {circle: at for at, circle in enumerate(dict.fromkeys(moved))}
        mine = [names[moved[each]] for each in mine]
        near = _joined(near, [names[each] for each in moved])
    return _groups(mine, np.bincount(ends.ravel(), minlength=many))


def _near(many: int, ends: Ints, weights: npt.NDArray[np.float64]) -> Near:
    near: Near = [{} for _ in range(many)]
    for (a, b), weight in zip(ends.tolist(), weights.tolist(), strict=True):
        near[a][b] = near[b][a] = weight
    return near


def _moved(near: Near) -> list[int]:
    """Everybody's circle when nobody gains by going to another."""
    ties = [sum(each.values()) + each.get(at, 0.0) for at, each in enumerate(near)]
    whole = sum(ties) or 1.0
    circle, total = list(range(len(near))), ties[:]
    for _ in range(ROUNDS):
        changed = 0
        for at, each in enumerate(near):
            best = _best(at, each, circle, total, ties[at] / whole)
            if best != circle[at]:
                total[circle[at]] -= ties[at]
                total[best] += ties[at]
                circle[at] = best
                changed += 1
        if not changed:
            break
    return circle


def _best(
    at: int, near: dict[int, float], circle: list[int], total: list[float], share: float
) -> int:
    """The circle where this one gains most; its own, if no other is better."""
    to: dict[int, float] = {}
    for other, weight in near.items():
        if other != at:
            to[circle[other]] = to.get(circle[other], 0.0) + weight
    here = circle[at]
    own = total[here] - (sum(near.values()) + near.get(at, 0.0))
    best, most = here, to.get(here, 0.0) - own * share + LEAST
    for other, weight in to.items():
        gain = weight - total[other] * share
        if other != here and (gain > most or (gain == most and other < best)):
            best, most = other, gain
    return best


def _joined(near: Near, circle: list[int]) -> Near:
    """The field whose actors are the circles; what is tied within one is a tie to itself."""
    found: Near = [{} for _ in range(max(circle) + 1)]
    for at, each in enumerate(near):
        mine = found[circle[at]]
        for other, weight in each.items():
            to = circle[other]
            half = 0.5 if to == circle[at] and other != at else 1.0
            mine[to] = mine.get(to, 0.0) + weight * half
    return found


def _groups(mine: list[int], ties: Ints) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for at, circle in enumerate(mine):
        if ties[at]:
            found.setdefault(circle, []).append(at)
    return sorted(found.values(), key=lambda each: (-len(each), each))
