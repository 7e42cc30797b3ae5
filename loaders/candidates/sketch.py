"""How alike two texts are, for the price of counting bits.

A text is log(of / n) of each three letters in it, at a place and with a sign that chance gives each
three. On which side of each of BITS planes that lies is its sketch: of two sketches the share of
bits that differ is the angle between the texts over pi (Charikar 2002). The planes are the rows of
a Hadamard matrix: at right angles to each other, they tell more than planes thrown at random
(Ji and others 2012).
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import row

BITS, WORD = 256, 64  # bits of a sketch, which are kept as whole numbers of so many
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
KINDS = len(LETTERS) + 1  # and what is between words
CHUNK, PAGE = 2_048, 200_000  # texts worked through, read at a time
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Page = tuple[Codes, Codes]


def sketches(con: DuckDBPyConnection) -> int:
    """`sketched(n, s0, s1 ...)` of `said(n, v)`, n from 0 on; how many whole numbers each has."""
    (many,) = row(con, "SELECT count(*) FROM said")
    pages: Iterable[Page] = _pages(con, many)
    if many <= PAGE:
        pages = list(pages)  # read once
    often = np.zeros(KINDS**3, np.int64)
    for _, codes in pages:
        often += np.bincount(codes, minlength=KINDS**3)
    places = _Places(often, many)
    words = BITS // WORD
    told = ", ".join(f"s{n} UBIGINT" for n in range(words))
    con.execute(f"CREATE OR REPLACE TABLE sketched (n INTEGER, {told})")
    start = 0
    for lengths, codes in pages if many <= PAGE else _pages(con, many):
        made = places.sketch(lengths, codes)
        numbers = np.arange(start, start + len(made), dtype=np.int32)
        columns = {"n": numbers} | {f"s{n}": made[:, n] for n in range(words)}
        con.register("arrow", pa.table(columns))
        con.execute("INSERT INTO sketched SELECT * FROM arrow")
        con.unregister("arrow")
        start += len(made)
    return words


def _pages(con: DuckDBPyConnection, many: int) -> Iterator[Page]:
    """How many threes each text has, and the threes of all, one after the other."""
    for start in range(0, many, PAGE):
        found = con.execute(
            "SELECT v FROM said WHERE n >= ? AND n < ? ORDER BY n", [start, start + PAGE]
        )
        yield threes([text for (text,) in found.fetchall()])


def threes(texts: list[str]) -> Page:
    """Each text has as many threes as letters: it is read with a gap before and behind it."""
    letters = np.zeros(256, np.int32)
    letters[np.frombuffer(LETTERS.encode(), np.uint8)] = np.arange(1, KINDS)
    held = letters[np.frombuffer(f" {'  '.join(texts)} ".encode("ascii", "replace"), np.uint8)]
    codes = (held[:-2] * KINDS + held[1:-1]) * KINDS + held[2:]
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    gaps = np.repeat(np.arange(len(texts)) * 2, lengths)
    return lengths, codes[np.arange(len(gaps)) + gaps]


class _Places:
    """Where each three stands in the vector, with its sign and weight."""

    def __init__(self, often: npt.NDArray[np.int64], many: int) -> None:
        chance = np.random.default_rng(1)
        weights = np.log((1 + many) / np.maximum(often, 1)).clip(0)
        self.spots = chance.integers(0, BITS, len(often), dtype=np.int32)
        self.weights = weights * chance.choice([-1.0, 1.0], len(often))
        self.planes = _hadamard(math.isqrt(BITS))

    def sketch(self, lengths: Codes, codes: Codes) -> npt.NDArray[np.uint64]:
        ends = np.concatenate([[0], np.cumsum(lengths)])
        parts = []
        for start in range(0, len(lengths), CHUNK):
            part = lengths[start : start + CHUNK]
            inside = codes[ends[start] : ends[start + len(part)]]
            at = np.repeat(np.arange(len(part)) * BITS, part) + self.spots[inside]
            flat = np.bincount(at, self.weights[inside], minlength=len(part) * BITS)
            parts.append(np.packbits(self._sides(flat.astype(np.float32)), axis=1).view(np.uint64))
        return np.concatenate(parts)

    def _sides(self, flat: Floats) -> npt.NDArray[np.bool_]:
        """The matrix is the product (Kronecker's) of a small one with itself: gone through twice,
        that costs a sixteenth of the whole.
        """
        small = len(self.planes)
        once = (flat.reshape(-1, small) @ self.planes).reshape(-1, small, small)
        twice = np.ascontiguousarray(once.swapaxes(1, 2)).reshape(-1, small) @ self.planes
        return np.asarray(twice.reshape(-1, BITS) > 0)


def _hadamard(size: int) -> Floats:
    made = np.ones((1, 1), np.float32)
    while len(made) < size:
        made = np.block([[made, made], [made, -made]])
    return made
