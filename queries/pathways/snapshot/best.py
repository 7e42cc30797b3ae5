"""The best of many pathways in columns: equal scores are told apart as everywhere."""

from dataclasses import dataclass, field

import numpy as np

from tieline.queries.pathways.route import PLACES, Route
from tieline.queries.pathways.snapshot.rows import Array

SLACK = 1e-12  # scores are compared rounded to PLACES
Arrivals = tuple[Array, Array, Array]  # last go-betweens, the targets they lead to, the steps


def only(ok: Array, *columns: Array) -> tuple[Array, ...]:
    return tuple(column[ok] for column in columns)


def join(left: Array, right: Array) -> tuple[Array, Array]:
    """Every pair of places whose values are equal."""
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    low = np.searchsorted(ranked, left, "left")
    count = np.searchsorted(ranked, left, "right") - low
    i = np.repeat(np.arange(len(left)), count)
    return i, order[np.arange(len(i)) + np.repeat(low - np.cumsum(count) + count, count)]


@dataclass
class Best:
    """Candidates in blocks: score, weakest step, then who stands between (or the target alone).

    Only what may still win is kept: whatever is as good as `floor`, the best score so far.
    """

    floor: float = 0.0
    kept: list[tuple[Array, ...]] = field(default_factory=list)
    direct: bool = False

    def add(self, score: Array, least: Array, *between: Array) -> None:
        """The first block holds direct ties: its one column is their targets."""
        if not self.direct:
            self.direct = True
            self.kept.append((score, least, *between))
        elif len(score) and score.max() > 0:
            ok = score >= max(self.floor, float(score.max())) - SLACK
            self.kept.append(only(ok, score, least, *between))
        self.floor = max(self.floor, float(score.max(initial=0.0)))

    @property
    def cut(self) -> float:
        """What is lower than this is worse than the best so far, however it was rounded."""
        return self.floor - 2 * SLACK

    def raised(self, score: Array) -> None:
        """Pathways so good there are: they will be added, or better ones."""
        self.floor = max(self.floor, float(score.max(initial=0.0)))

    def winner(self, start: int, uids: list[str], arrivals: Arrivals) -> Route | None:
        """Equal scores: larger weakest step, fewer steps, then the uids in order."""
        if not self.floor:
            return None
        blocks = [only(block[0] >= self.floor - SLACK, *block) for block in self.kept]
        blocks[1:] = [arriving(block, arrivals) for block in blocks[1:]]
        top = max(float(block[0].max(initial=0.0)) for block in blocks)
        blocks = [only(block[0] >= top - SLACK, *block) for block in blocks]
        blocks = [(np.round(block[0], PLACES), *block[1:]) for block in blocks]
        for column in (0, 1):
            most = max(block[column].max(initial=-1.0) for block in blocks)
            blocks = [only(block[column] == most, *block) for block in blocks]
        score, least, *actors = min(filter(lambda block: len(block[0]), blocks), key=len)
        for column in range(len(actors)):
            first = min((uids[at], at) for at in np.unique(actors[column]).tolist())[1]
            score, least, *actors = only(actors[column] == first, score, least, *actors)
        way = (start, *(int(column[0]) for column in actors))
        return Route(tuple(uids[at] for at in way), float(score[0]), float(least[0]))


def arriving(block: tuple[Array, ...], arrivals: Arrivals) -> tuple[Array, ...]:
    """The candidates with each target their last go-between leads to by one of its best steps.

    Their scores were made with its best step, which they may miss by less than is compared.
    """
    score, least, *between = block
    last, target, step = arrivals
    if target.min() == target.max():
        return (*block, np.full(len(score), target[0]))
    most = np.zeros(int(max(last.max(initial=0), between[-1].max(initial=0))) + 1)
    np.maximum.at(most, last, step)
    last, target, step = only(step >= most[last] - SLACK, last, target, step)
    i, j = join(between[-1], last)
    exact = score[i] * (step[j] / most[last[j]])
    columns = (column[i] for column in between)
    return (exact, np.minimum(least[i], step[j]), *columns, target[j])
