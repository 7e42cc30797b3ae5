"""Ties as arrays, a row an actor, each row strongest first. Rows are replaced, never edited.

Being in order, of a row only as much is read as may still matter. A changed row is written behind
the last one, and an older Rows keeps its own starts: whoever still reads it sees what they saw.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Row = tuple[Array, Array]  # the other ends and the steps
ROOM = 1.25  # spare places behind the rows, for rows that change
SPARE = 1024
NONE: Row = (np.zeros(0, np.int32), np.zeros(0))


@dataclass(frozen=True)
class Rows:
    """The ties of every actor in one direction: start and count a row, then other end and step."""

    start: Array
    count: Array
    other: Array
    step: Array
    used: int

    @classmethod
    def of(cls, here: Array, there: Array, step: Array, actors: int) -> "Rows":
        order = np.lexsort((-step, here))
        count = np.bincount(here, minlength=actors).astype(np.int32)
        room = int(len(here) * ROOM) + SPARE
        other, steps = np.zeros(room, np.int32), np.zeros(room)
        other[: len(here)], steps[: len(here)] = there[order], step[order]
        return cls((np.cumsum(count) - count).astype(np.int32), count, other, steps, len(here))

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(a.nbytes for a in (self.start, self.count, self.other, self.step))

    def of_one(self, actor: int) -> Row:
        here = slice(self.start[actor], self.start[actor] + self.count[actor])
        return self.other[here], self.step[here]

    def of_many(self, actors: Array, least: Array | None = None) -> tuple[Array, Array, Array]:
        """Which of `actors`, the other end, the step: every tie of every one of them.

        With `least`, one for each, only the ties that are at least so strong.
        """
        start, count = self.start[actors].astype(np.int64), self.count[actors].astype(np.int64)
        if least is not None:
            count = self._strong(start, count, least)
        which = np.repeat(np.arange(len(actors)), count)
        at = np.arange(len(which)) + np.repeat(start - np.cumsum(count) + count, count)
        return which, self.other[at], self.step[at]

    def _strong(self, start: Array, count: Array, least: Array) -> Array:
        """How many of each row are at least so strong: all rows are halved at once."""
        low, high = np.zeros_like(count), count
        for _ in range(int(count.max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            at = np.minimum(start + middle, len(self.step) - 1)
            strong = (middle < high) & (self.step[at] >= least)
            low, high = np.where(strong, middle + 1, low), np.where(strong, high, middle)
        return low

    def with_steps(self, here: Array, there: Array, step: Array, actors: int) -> "Rows":
        """The same with some steps set; 0 takes the tie away. No pair twice."""
        order = np.argsort(here, kind="stable")
        here, there, step = here[order], there[order], step[order]
        rows = {}
        ends = np.append(np.flatnonzero(np.diff(here)) + 1, len(here)) if len(here) else here
        for begin, end in zip(np.append(0, ends[:-1]), ends, strict=False):
            actor, mine, comes = int(here[begin]), there[begin:end], step[begin:end]
            other, kept = self.of_one(actor) if actor < len(self.start) else NONE
            stays = ~np.isin(other, mine)
            there_now, now = mine[comes > 0], comes[comes > 0]
            ends_now, steps = np.append(other[stays], there_now), np.append(kept[stays], now)
            strongest = np.argsort(-steps, kind="stable")
            rows[actor] = (ends_now[strongest], steps[strongest])
        return self._with_rows(rows, actors)

    def _with_rows(self, rows: dict[int, Row], actors: int) -> "Rows":
        """Some rows replaced; all packed anew when there is no room left."""
        more = np.zeros(actors - len(self.start), np.int32)
        start, count = np.append(self.start, more), np.append(self.count, more)
        used = self.used
        if used + sum(len(other) for other, _ in rows.values()) > len(self.other):
            count[list(rows)] = 0
            packed = replace(self, start=start, count=count).of_many(np.arange(actors))
            new = [(np.full(len(other), at), other, step) for at, (other, step) in rows.items()]
            columns = [np.concatenate(c) for c in zip(packed, *new, strict=True)]
            return Rows.of(columns[0], columns[1], columns[2], actors)
        for actor, (other, step) in rows.items():
            here = slice(used, used + len(other))
            self.other[here], self.step[here] = other, step
            start[actor], count[actor], used = used, len(other), here.stop
        return Rows(start, count, self.other, self.step, used)
