"""Pathways of two, three and four steps: from both ends, to whoever is in the middle.

Every stage's best score is the floor of the next. What is pruned cannot come to that floor, even if
all that is not read yet were as good as the best of its kind.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tieline.queries.pathways.route import PER_GO_BETWEEN
from tieline.queries.pathways.snapshot.best import SLACK, Best, join, only
from tieline.queries.pathways.snapshot.rows import Array, Rows

MANY = 4_000  # ties; before more are read, a quick look at the strongest gives a floor
LOOK = 0.6  # of the best score there could be


@dataclass(frozen=True)
class Side:
    """Those next to one end, each once, and the step between.

    `onward` are their ties towards the other end, `back` those that come from there.
    """

    onward: Rows
    back: Rows
    who: Array
    step: Array
    eased: Array  # the step, and what it costs to go through them

    @property
    def ties(self) -> int:
        return int(self.onward.count[self.who].sum())


class Half(NamedTuple):
    """Two steps from an end: past whom, to whom, how good that is so far, its weakest step."""

    past: Array
    to: Array
    score: Array
    least: Array

    def only(self, ok: Array) -> "Half":
        return Half(*only(ok, *self))


class Meeting:
    """One question's room to work in: arrays with a place for every actor, zero between uses."""

    def __init__(self, eased: Array, barred: Array) -> None:
        self.eased, self.barred = eased, barred
        self._far, self._one, self._other = np.zeros((3, len(eased)))

    def through(self, best: Best, here: Side, there: Side, hops: int) -> None:
        """Add every pathway with a go-between that may be the best."""
        forward = here.ties <= there.ties
        near, far = (here, there) if forward else (there, here)
        self._far[far.who] = far.step
        onward = self._far[near.who]
        best.add(near.eased * onward, np.minimum(near.step, onward), near.who)
        if hops > 2:
            half = self._walked(best, near, float(far.eased.max()))
            self._three(best, half, forward)
            if hops > 3:
                self._four(best, near, far, half, forward)
        self._far[far.who] = 0

    def _walked(self, best: Best, near: Side, top: float) -> Half:
        """Two steps from the nearer end; `top` is the most that the further end's steps make."""
        if near.ties > MANY:
            some = self._on(near, LOOK * float(near.eased.max()))
            best.raised(some.score * self.eased[some.to] * self._far[some.to])
        return self._on(near, best.cut / top)

    def _on(self, side: Side, least: float) -> Half:
        """One step on, where the score comes to `least` by then."""
        who, step, score = only(side.eased >= least, side.who, side.step, side.eased)
        which, to, on = side.onward.of_many(who, least / score if least > 0 else None)
        half = Half(who[which], to, score[which] * on, np.minimum(step[which], on))
        return half.only(~self.barred[to])

    def _three(self, best: Best, half: Half, forward: bool) -> None:
        step = self._far[half.to]
        score = half.score * self.eased[half.to] * step
        past, to, score, least = only(
            score >= best.cut, half.past, half.to, score, np.minimum(half.least, step)
        )
        best.add(score, least, *((past, to) if forward else (to, past)))

    def _four(self, best: Best, near: Side, far: Side, half: Half, forward: bool) -> None:
        """The half that was walked joined with those that come to meet it."""
        half = half.only(half.score >= best.cut / (float(far.eased.max()) * PER_GO_BETWEEN))
        if not len(half.to):
            return
        half = half._replace(score=half.score * self.eased[half.to])
        np.maximum.at(self._one, half.to, half.score)
        other = self._met(best, far, half)
        other = other.only(other.score * self._one[other.to] >= max(best.cut, SLACK))
        self._joined(best, half, other, forward)
        self._one[half.to] = 0

    def _met(self, best: Best, far: Side, half: Half) -> Half:
        """Two steps from the further end, to where the half has come: whichever way reads less."""
        middle = np.unique(half.to)
        if far.ties <= far.back.count[middle].sum():
            return self._on(far, best.cut / float(half.score.max()))
        best_to = self._one[middle] * float(far.eased.max())
        least = best.cut / best_to if best.cut > 0 else None
        which, past, on = far.back.of_many(middle, least)
        step = self._far[past]
        found = Half(past, middle[which], step * self.eased[past] * on, np.minimum(step, on))
        return found.only(step > 0)

    def _joined(self, best: Best, half: Half, other: Half, forward: bool) -> None:
        """Four steps: halves that meet in one actor and have no other in common."""
        met = other.to
        np.maximum.at(self._other, met, other.score)
        half = half.only(half.score * self._other[half.to] >= max(best.cut, SLACK))
        most, most_other = self._one[half.to], self._other[other.to]
        best.raised(apart(half.only(half.score == most), other.only(other.score == most_other))[2])
        half = half.only(half.score * self._other[half.to] >= best.cut)
        other = other.only(other.score * self._one[other.to] >= best.cut)
        self._other[met] = 0
        i, j, score = apart(half, other)
        i, j, score = only(score >= best.cut, i, j, score)
        least = np.minimum(half.least[i], other.least[j])
        ways = (half.past[i], half.to[i], other.past[j])
        best.add(score, least, *(ways if forward else ways[::-1]))


def apart(half: Half, other: Half) -> tuple[Array, Array, Array]:
    """Places in both that come to the same actor past different ones, and the scores."""
    i, j = join(half.to, other.to)
    i, j = only(half.past[i] != other.past[j], i, j)
    return i, j, half.score[i] * other.score[j]
