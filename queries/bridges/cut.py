"""Where a field falls apart: cut points and bridges, and who is cut off, in linear time.

blocks.py finds them. In its walk down the tree every branch is a run of consecutive actors, so each
side of every cut is a few runs, and its size a difference of two places: all are ranked at once, in
arrays, and only of those that are told the sides are named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tieline.queries.bridges.blocks import Blocks, blocks
from tieline.queries.bridges.field import Field, Ints, of_ties

Run = tuple[int, int]  # from one place in the walk up to, not with, another
NOBODY = -1  # the second end of a cut point


@dataclass(frozen=True)
class Cut:
    """A tie (`actors` are its two ends) or an actor without which the field falls apart.

    `larger`: actors in the largest part that remains. `cut_off`: runs of everyone outside it.
    """

    actors: tuple[str, ...]
    larger: int
    cut_off: tuple[Run, ...]

    @property
    def smaller(self) -> int:
        return _size(self.cut_off)


@dataclass(frozen=True)
class Cuts:
    """Every cut, the one with most cut off first, equal ones by uid.

    `ends`: a row a cut: two actors, or one and NOBODY. `smaller`, `larger`: actors on either side.
    """

    uids: Sequence[str]
    blocks: Blocks
    ends: Ints
    smaller: Ints
    larger: Ints

    def __len__(self) -> int:
        return len(self.ends)

    @cached_property
    def ranked(self) -> list[Cut]:
        return self.first(len(self))

    def first(self, many: int | slice) -> list[Cut]:
        """So many, the first ones; or those of a slice."""
        shown = slice(many) if isinstance(many, int) else many
        return [self._cut(at) for at in range(len(self))[shown]]

    def names(self, cut: Cut) -> list[str]:
        """The uids of those cut off, in order."""
        return sorted(self.uids[at] for run in cut.cut_off for at in self._walk[slice(*run)])

    def part(self, actor: int) -> int:
        """The number of the part of the field in which an actor stands."""
        return int(self.blocks.part[actor])

    @cached_property
    def _walk(self) -> list[int]:
        order = np.empty(len(self.uids), np.int64)
        order[self.blocks.pre[self.blocks.place] - 1] = np.arange(len(self.uids))
        return [*order.tolist()]

    @cached_property
    def _children(self) -> tuple[Ints, Ints]:
        """By place, where its children begin and end."""
        asked = np.arange(len(self.blocks.up))
        up = self.blocks.up[1:]
        return np.searchsorted(up, asked) + 1, np.searchsorted(up, asked, "right") + 1

    @cached_property
    def _whole(self) -> Ints:
        """By part, the place of its first actor."""
        heads = np.flatnonzero(self.blocks.up[1:] == 0) + 1
        found = np.empty(len(heads), np.int64)
        found[self.blocks.part[self.blocks.actor[heads]]] = heads
        return found

    def _branch(self, place: int) -> Run:
        start = int(self.blocks.pre[place]) - 1
        return start, start + int(self.blocks.size[place])

    def _cut(self, at: int) -> Cut:
        one, other = self.ends[at].tolist()
        actors = (self.uids[one],) if other == NOBODY else (self.uids[one], self.uids[other])
        place = self.blocks.place
        whole = self._branch(int(self._whole[self.blocks.part[one]]))
        if other == NOBODY:
            parts = self._around(int(place[one]), whole)
        else:
            branch = self._branch(int(max(place[one], place[other])))
            parts = [[branch], _without(whole, [branch])]
        return _told(actors, parts, self._walk)

    def _around(self, place: int, whole: Run) -> list[list[Run]]:
        """The parts that are left without the actor at this place: one for each of their blocks."""
        start, stop = (int(side[place]) for side in self._children)
        block, own = self.blocks.block[start:stop].tolist(), int(self.blocks.block[place])
        beside: dict[int, list[Run]] = {}
        for child, number in enumerate(block, start):
            if number != own:
                beside.setdefault(number, []).append(self._branch(child))
        here = (self._branch(place)[0], self._branch(place)[0] + 1)
        gone = sorted([here, *(run for runs in beside.values() for run in runs)])
        return [*beside.values(), _without(whole, gone)]


def cuts(ties: Iterable[tuple[str, str]]) -> Cuts:
    """The cut structure of undirected ties; a repeated tie counts once, one to oneself never."""
    return cuts_of(of_ties((one, other, 1.0) for one, other in ties))


def cuts_of(field: Field) -> Cuts:
    """The cut structure of a field."""
    found = blocks(len(field.uids), field.ends)
    sizes = np.bincount(found.part, minlength=1)
    told = [_bridges(found, sizes), _points(found, sizes)]
    ends, larger, total = (np.concatenate(column) for column in zip(*told, strict=True))
    smaller = total - larger
    order = np.lexsort((ends[:, 1], ends[:, 0], -smaller))
    return Cuts(field.uids, found, ends[order], smaller[order], larger[order])


def _bridges(found: Blocks, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows of both ends; how many the larger side has, and both together."""
    below = np.flatnonzero(found.bridge)
    ends = np.sort(np.stack([found.actor[below], found.actor[found.up[below]]], axis=1), axis=1)
    total = sizes[found.part[ends[:, 0]]]
    return ends, np.maximum(found.size[below], total - found.size[below]), total


def _points(found: Blocks, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows of an actor and NOBODY; how many the largest part that is left has, and all of them."""
    points = np.flatnonzero(found.cutting)
    place, up, block = found.place[points], found.up, found.block
    child = np.flatnonzero((up > 0) & (block != block[up]) & np.isin(up, place))
    child = child[np.lexsort((block[child], up[child]))]
    new = np.ones(len(child), dtype=bool)
    new[1:] = (up[child][1:] != up[child][:-1]) | (block[child][1:] != block[child][:-1])
    first = np.flatnonzero(new)
    below = np.add.reduceat(found.size[child], first) if len(first) else first
    most, all_below = np.zeros(len(up), np.int64), np.zeros(len(up), np.int64)
    np.maximum.at(most, up[child[first]], below)
    np.add.at(all_below, up[child[first]], below)
    total = sizes[found.part[points]] - 1
    larger = np.maximum(most[place], total - all_below[place])
    return np.stack([points, np.full(len(points), NOBODY)], axis=1), larger, total


def _told(actors: tuple[str, ...], parts: list[list[Run]], walk: Sequence[int]) -> Cut:
    """Equal largest parts: the one that holds the lowest uid is the one that remains."""
    largest = max(_size(part) for part in parts)
    equal = [part for part in parts if _size(part) == largest]
    kept = equal[0] if len(equal) == 1 else min(equal, key=lambda part: _lowest(part, walk))
    gone = [run for part in parts if part is not kept for run in part]
    return Cut(actors, largest, tuple(gone))


def _without(whole: Run, gone: Sequence[Run]) -> list[Run]:
    """What is left of a run without these runs in it, which are in order."""
    bounds = [whole[0], *(at for run in gone for at in run), whole[1]]
    runs = zip(bounds[::2], bounds[1::2], strict=True)
    return [run for run in runs if run[0] < run[1]]


def _size(runs: Iterable[Run]) -> int:
    return sum(stop - start for start, stop in runs)


def _lowest(runs: Iterable[Run], walk: Sequence[int]) -> int:
    return min((min(walk[start:stop]) for start, stop in runs), default=len(walk))
