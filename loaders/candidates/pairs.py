"""Pairs of records in arrays: what was compared, and what each pair's likeness weighs in bits.

A million records make some five million pairs: here each costs its two numbers, a byte a
comparison and its weight, about twenty bytes in all.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import row

MISSING = -1
Ints = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]


@dataclass
class Pairs:
    """`left < right`: numbers of records; `levels[n]`: of comparison n, best 0, missing -1."""

    left: Ints
    right: Ints
    levels: list[Levels]
    weight: Floats

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def of(cls, found: dict[str, npt.NDArray[np.int64]]) -> "Pairs":
        levels = [found[name] for name in found if name.startswith("g")]
        made = [np.asarray(each, np.int8) for each in levels]
        left, right = (np.asarray(found[name], np.int32) for name in "lr")
        return cls(left, right, made, np.zeros(len(left), np.float32))

    @classmethod
    def joined(cls, parts: list["Pairs"]) -> "Pairs":
        levels = [np.concatenate(each) for each in zip(*(p.levels for p in parts), strict=True)]
        left, right, weight = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("left", "right", "weight")
        )
        return cls(left, right, levels, weight)

    def taken(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Pairs":
        levels = [each[which] for each in self.levels]
        return Pairs(self.left[which], self.right[which], levels, self.weight[which])

    def without(self, others: "Pairs") -> "Pairs":
        """Those of them that are not among the others."""
        mine, theirs = (p.left.astype(np.int64) << 32 | p.right for p in (self, others))
        return self.taken(~np.isin(mine, theirs))


def patterns(pairs: Pairs, tops: list[int]) -> npt.NDArray[np.int64]:
    """How often each pattern of levels is there: its levels (missing: top + 1), then its count."""
    code = np.zeros(len(pairs), np.int64)
    for levels, top in zip(pairs.levels, tops, strict=True):
        code = code * (top + 2) + np.where(levels < 0, top + 1, levels)
    found, often = np.unique(code, return_counts=True)
    columns = [often]
    for top in reversed(tops):
        columns.append(found % (top + 2))
        found = found // (top + 2)
    return np.stack(columns[::-1], axis=1)


def rarities(con: DuckDBPyConnection, key: str) -> Floats:
    """Of each record the bits that its value's rarity adds where two have it.

    Term frequency, but of the *other* records with the value: that two have it is what is to be
    explained. log2 of mean over own count; of what hardly ever recurs, equal values weigh the same.
    """
    (many,) = row(con, "SELECT count(*) FROM things")
    bits = np.zeros(many, np.float32)
    found = con.execute(
        f"""WITH c AS (SELECT {key} AS v, count(*) AS n FROM things WHERE {key} IS NOT NULL
          GROUP BY 1 HAVING count(*) > 1),
        a AS (SELECT sum(n * (n - 1)) / sum(n) AS mean FROM c)
        SELECT t.id, greatest(-6, least(6, log2(a.mean / (c.n - 1)))) AS bits
        FROM things t JOIN c ON t.{key} = c.v, a WHERE c.n <> 2 OR a.mean > 1.01"""
    ).fetchnumpy()
    bits[found["id"]] = found["bits"]
    return bits
