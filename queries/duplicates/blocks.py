"""Which projects to compare: those with a theme in common, one in or around the other's place.

A block is a place: on one side the projects there, on the other those there, or so many levels
within it. Those of unknown place are a block with all. What is nearest comes first, of these the
smallest; a theme is in common if it is the same, mapped, or broader (`Index.wide`). So many pairs
are compared as `allowed`: where a block has more, a theme or word that many there have does not
make a pair by itself. It has to be shared together with a rarer one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from tieline.queries.duplicates.effort import FAR, PLACE, UNKNOWN
from tieline.queries.duplicates.index import Index
from tieline.queries.duplicates.written import Array

EACH, LEAST = 1_000, 20_000_000  # pairs compared: so many a project, and never fewer than
CHUNK = 2_000_000  # pairs at once: some 200 MB
TOGETHER = 200_000  # of these, whose rows are read together


@dataclass(frozen=True)
class Block:
    """`rows` are compared with `columns`; `place`: its number, None where it is not recorded."""

    score: float
    place: int | None
    rows: Array
    columns: Array

    @property
    def most(self) -> int:
        return len(self.rows) * len(self.columns)


@dataclass
class Allowed:
    """What may still be compared, and what was not: `cut` are blocks of which a part was left."""

    pairs: int
    compared: int = 0
    cut: list[Block] = field(default_factory=list)

    @classmethod
    def of(cls, projects: int) -> "Allowed":
        return cls(max(LEAST, EACH * projects))

    @property
    def left(self) -> int:
        return max(self.pairs - self.compared, 0)


def blocks(index: Index, rows: Array) -> Iterator[list[Block]]:
    """All blocks of these projects, a list for each score of the place, the highest first."""
    inside = np.zeros(len(index.uids), bool)
    inside[rows] = True
    own, around = _columns(index.own, inside), _columns(index.around, inside)
    unknown = rows[np.diff(index.own.indptr)[rows] == 0]
    for score in sorted({*PLACE.values(), FAR, UNKNOWN}, reverse=True):
        found = [] if score != UNKNOWN else [Block(score, None, unknown, rows)]
        for place in range(own.shape[1]):
            here = _cells(own, place, 1.0)
            there = here if score == 1 else _cells(around, place, score)
            if len(here) and len(there):
                found.append(Block(score, place, here, there))
        yield sorted((b for b in found if b.most), key=lambda b: (b.most, b.place or -1))


def _columns(rows: Any, inside: Array) -> Any:
    cells = rows.tocoo()
    kept = inside[cells.coords[0]]
    where = (cells.coords[0][kept], cells.coords[1][kept])
    return sparse.csc_array((cells.data[kept], where), shape=rows.shape)


def _cells(columns: Any, place: int, score: float) -> Array:
    here = slice(columns.indptr[place], columns.indptr[place + 1])
    found: Array = columns.indices[here][columns.data[here] == score].astype(np.int64)
    return found


def pairs(index: Index, block: Block, allowed: Allowed) -> Iterator[tuple[Array, Array, Array]]:
    """The pairs of a block that share a theme, in chunks: the lower, the other, the information
    they share (`Index.wide`)."""
    left, right = index.wide[block.rows], index.wide[block.columns]
    cut = _many(left, right).sum() > allowed.left
    if cut:
        allowed.cut.append(block)
        left, right = _rarer(index, block, allowed.left // 2)
    each = (left > 0).astype(np.int64) @ many_of(right)
    allowed.compared += int(each.sum())
    for begin, end in _chunks(each):
        found = (left[begin:end] @ right.T).tocoo()
        one = block.rows[found.coords[0] + begin]
        other = block.columns[found.coords[1]]
        ok = one < other if block.score == 1 else one != other
        one, other, both = one[ok], other[ok], found.data[ok]
        if cut:
            both = rowwise(index.wide, one, other)
        yield np.minimum(one, other), np.maximum(one, other), both


def rowwise(rows: Any, left: Array, right: Array) -> Array:
    """The product of each two rows."""
    found = np.zeros(len(left))
    for begin in range(0, len(left), TOGETHER):
        some = slice(begin, begin + TOGETHER)
        found[some] = rows[left[some]].multiply(rows[right[some]]).sum(axis=1)
    return found


def many_of(rows: Any) -> Array:
    """How many rows have each column."""
    return np.bincount(rows.indices, minlength=rows.shape[1])


def _many(left: Any, right: Any) -> Array:
    """How many pairs each column alone makes, at most."""
    return many_of(left) * many_of(right)


def _rarer(index: Index, block: Block, left: int) -> tuple[Any, Any]:
    """Themes and words of the block, without the commonest: as many as make so many pairs."""
    words = index.texts.rows
    sides = [
        sparse.hstack((index.wide[some], words[some]), format="csc")
        for some in (block.rows, block.columns)
    ]
    many = _many(*(side.tocsr() for side in sides))
    order = np.argsort(many, kind="stable")
    kept = np.sort(order[np.cumsum(many[order]) <= left])
    one, other = (side[:, kept].tocsr() for side in sides)
    return one, other


def _chunks(each: Array) -> Iterator[tuple[int, int]]:
    """Rows (from, to) with about CHUNK pairs; a row of more is one alone."""
    ends = np.cumsum(each)
    begin = 0
    while begin < len(each):
        before = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, before + CHUNK, "right")), begin + 1)
        yield begin, end
        begin = end
