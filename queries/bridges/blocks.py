"""Where a field comes apart: its parts, bridges and cut points, for all at once and in linear time.

Tarjan and Vishkin (1985). A walk ring by ring (breadth first) gives every part a tree, an actor the
number in which a walk down the tree comes to them (`pre`), and how many hang on them (`size`). Of
everyone below, `low` and `high` are the least and the greatest number that a tie outside the tree
leads to. Nothing below `v` leads out of `v`'s branch: the tie to the parent is a bridge. Ties that
lie in one ring of ties belong to one block, and who stands in two blocks is a cut point.

SciPy walks; the rest is done for a whole ring of actors at once. Ties are rows of two numbers, 0 to
`actors` - 1; one that is told twice counts once, one to oneself never.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Blocks:
    """By place in the walk: 0 is a root above the first actor of each part.

    `part`: by actor, the number of the part they stand in; `place`: by actor, theirs in the walk;
    `up`: the parent's place, in order; `pre`, `size`, `low`, `high` as told above.
    """

    part: Ints
    place: Ints
    up: Ints
    pre: Ints
    size: Ints
    low: Ints
    high: Ints
    ends: Ints  # places of both ends of the ties outside the tree

    @cached_property
    def actor(self) -> Ints:
        """By place, who it is; the root is nobody (-1)."""
        found = np.full(len(self.up), -1)
        found[self.place] = np.arange(len(self.place))
        return found

    @cached_property
    def bridge(self) -> Bools:
        """By place: whether the tie to the parent is a bridge."""
        inside = (self.low >= self.pre) & (self.high < self.pre + self.size)
        return inside & (self.up > 0)

    @cached_property
    def block(self) -> Ints:
        """By place, the number of the block in which the tie to the parent lies; -1: there is none.

        Two ties of the tree lie in one block if a tie outside it joins what hangs on them, or
        leads from below the one past the other.
        """
        below = self.up > 0
        past = below & (self.up[self.up] > 0)
        above = self.up
        past &= (self.low < self.pre[above]) | (self.high >= self.pre[above] + self.size[above])
        one = np.concatenate([self.ends[:, 0], np.flatnonzero(past)])
        other = np.concatenate([self.ends[:, 1], above[past]])
        _, found = csgraph.connected_components(_matrix(len(self.up), one, other), directed=False)
        return np.where(below, found.astype(np.int64), -1)

    @cached_property
    def cutting(self) -> Bools:
        """By actor: whether they are a cut point."""
        up, mine = self.up, self.block.copy()
        first = _firsts(up)[1:]  # without the root's
        heads = first[up[up[first]] == 0]  # who has no parent stands in the block of any child
        mine[up[heads]] = self.block[heads]
        apart = (up > 0) & (self.block != mine[up])
        found = np.zeros(len(up), dtype=bool)
        found[up[apart]] = True
        return found[self.place]


def blocks(actors: int, ends: Ints) -> Blocks:
    """How these ties hold `actors` together."""
    ends = ends[ends[:, 0] != ends[:, 1]]
    part, place, up = _walk(actors, ends)
    rings = _rings(up)
    first = _firsts(up)
    size = _below(np.add, np.ones(len(up), np.int64), up, first, rings)
    pre = _numbered(size, up, first, rings)
    at = place[ends]
    at = at[(up[at[:, 0]] != at[:, 1]) & (up[at[:, 1]] != at[:, 0])]
    low, high = pre.copy(), pre.copy()
    for one, other in ((0, 1), (1, 0)):
        np.minimum.at(low, at[:, one], pre[at[:, other]])
        np.maximum.at(high, at[:, one], pre[at[:, other]])
    low = _below(np.minimum, low, up, first, rings)
    high = _below(np.maximum, high, up, first, rings)
    return Blocks(part, place, up, pre, size, low, high, at)


def _matrix(size: int, one: Ints, other: Ints) -> "sparse.csr_array":
    return sparse.csr_array((np.ones(len(one)), (one, other)), shape=(size, size))


def _walk(actors: int, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Parts by actor, places by actor, parents by place: one ring after the other from a root that
    is tied to the first actor of each part."""
    both = np.concatenate([ends[:, 1], ends[:, 0]]), np.concatenate([ends[:, 0], ends[:, 1]])
    matrix = _matrix(actors, *both)
    count, part = csgraph.connected_components(matrix, directed=True, connection="strong")
    heads = np.full(count, actors)
    np.minimum.at(heads, part, np.arange(actors))
    heads = np.sort(heads)
    start = np.append(matrix.indptr, matrix.indptr[-1] + count)
    there = np.append(matrix.indices, heads).astype(matrix.indices.dtype)
    rooted = sparse.csr_array((np.ones(len(there)), there, start), shape=(actors + 1, actors + 1))
    order, parent = csgraph.breadth_first_order(rooted, actors, directed=True)
    place = np.empty(actors + 1, np.int64)
    place[order] = np.arange(actors + 1)
    up = place[np.maximum(parent[order], 0)]
    up[0] = 0
    return part.astype(np.int64), place[:actors], up


def _rings(up: Ints) -> list[tuple[int, int]]:
    """Runs of places that are equally far from the root, from the second on."""
    found, start, stop = [], 1, int(np.searchsorted(up[1:], 1)) + 1
    while start < stop:
        found.append((start, stop))
        start, stop = stop, int(np.searchsorted(up[1:], stop)) + 1
    return found


def _firsts(up: Ints) -> Ints:
    """The first child of each parent."""
    return np.flatnonzero(np.diff(up[1:], prepend=-1)) + 1


def _below(add: np.ufunc, own: Ints, up: Ints, first: Ints, rings: list[tuple[int, int]]) -> Ints:
    """Of each place what is its own with all that is below it, from the last ring inwards."""
    found = own.copy()
    bounds = np.searchsorted(first, [start for start, _ in rings] + [len(up)])
    for at in range(len(rings) - 1, -1, -1):
        start, stop = rings[at]
        mine = first[bounds[at] : bounds[at + 1]]
        above = up[mine]
        found[above] = add(found[above], add.reduceat(found[start:stop], mine - start))
    return found


def _numbered(size: Ints, up: Ints, first: Ints, rings: list[tuple[int, int]]) -> Ints:
    """The number of each place in a walk down the tree, child after child."""
    before = np.cumsum(size) - size
    begin = np.zeros(len(up), np.int64)
    begin[up[first]] = before[first]
    ahead = 1 + before - begin[up]
    found = np.zeros(len(up), np.int64)
    for start, stop in rings:
        found[start:stop] = found[up[start:stop]] + ahead[start:stop]
    return found
