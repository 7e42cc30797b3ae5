"""Fellegi-Sunter by Splink on DuckDB: pairs of records, each with the weights that speak for it.

One pass of Splink compares every pair that was picked and some at random; from these come the
shares by which levels agree by chance (u). `train` has Splink learn what agrees in matches (m), and
`refine` settles the figures on all pairs.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI

from tieline.loaders.candidates.columns import Column, row
from tieline.loaders.candidates.compare import Comparison, comparisons, settings
from tieline.loaders.candidates.pairs import Floats, Pairs, patterns, rarities
from tieline.loaders.candidates.refine import Figures, Share, refine
from tieline.loaders.candidates.train import Step, linked, trained

SEED = 7
SAMPLED = 50_000  # random pairs from which chance agreement (u) is estimated
PART = 1_000_000  # pairs compared in one go


@dataclass
class Model:
    """`chance`: pairs at random that were not picked; `bits[key]`: the weight of each level, best
    first; `rare[key]`: of each record what its value brings for being rare.
    """

    compared: list[Comparison]
    figures: list[Figures]
    chance: Pairs
    bits: dict[str, list[float]] = field(default_factory=dict)
    rare: dict[str, Floats] = field(default_factory=dict)

    def weigh(self, pairs: Pairs) -> None:
        """The weight of each pair: that of its levels, and of an equal value's rarity."""
        pairs.weight[:] = 0
        for each, figures, levels in zip(self.compared, self.figures, pairs.levels, strict=True):
            self.bits[each.key] = figures.bits()
            pairs.weight += np.array([*self.bits[each.key], 0.0], np.float32)[levels]
            if each.key in self.rare:
                pairs.weight += np.where(levels == 0, self.rare[each.key][pairs.left], 0)

    def rarity(self, key: str, level: int, record: int) -> float:
        """Bits that a value brings for being rare, where two have it."""
        return float(self.rare[key][record]) if level == 0 and key in self.rare else 0.0

    def learn(self, pairs: Pairs, matched: npt.NDArray[np.bool_], shares: Sequence[Share]) -> None:
        """Weigh again by what agrees in these matches, and at random where none match."""
        for figures, levels, share in zip(self.figures, pairs.levels, shares, strict=True):
            known = levels[matched & (levels >= 0)]
            figures.again(np.bincount(known, minlength=len(figures.m)), share)


def score(
    con: DuckDBPyConnection, columns: list[Column], across: bool, step: Step = lambda _: None
) -> tuple[Model, Pairs]:
    """What the likeness of each of `pairs` weighs, and the model that says so."""
    compared = comparisons(columns)
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(con)
    things = api.register("things", dataset_display_name="things")
    parts = list(_compared(con, api, things, compared, step))
    pairs = Pairs.joined([picked for picked, _ in parts])
    chance = Pairs.joined([chance for _, chance in parts]).without(pairs)
    found = shares(con, compared, pairs, chance)
    ms = trained(con, things, compared, found, across, step)
    step("what each weighs")
    figures = [
        Figures.of(each.starts, m, share, each.firm)
        for each, m, share in zip(compared, ms, found, strict=True)
    ]
    tops = [len(each.levels) - 1 for each in compared]
    (many,) = row(con, "SELECT count(*) FROM things")
    refine(figures, patterns(pairs, tops), tops, many * (many - 1) / 2)
    rare = {each.key: rarities(con, each.key) for each in compared if each.levels[0].rarity}
    model = Model(compared, figures, chance, rare=rare)
    model.weigh(pairs)
    return model, pairs


def _compared(
    con: DuckDBPyConnection, api: DuckDBAPI, things: Any, compared: list[Comparison], step: Step
) -> Iterator[tuple[Pairs, Pairs]]:
    """Splink's comparison of every pair and of some at random, a part at a time.

    Splink hands out a level only together with all the values compared, or as a weight: so each
    level is given its own number as its weight, the worst 1, missing 0.
    """
    told = [settings(each) for each in compared]
    for setting in told:
        worst_first = setting["comparison_levels"][:0:-1]
        for n, level in enumerate(worst_first, 1):
            level |= {"m_probability": 0.5, "u_probability": 0.5 / 2**n}
    linker = linked(things, told)
    named = ", ".join(
        f"CASE WHEN round(mw_{each.key}) = 0 THEN -1 "
        f"ELSE {len(each.levels)} - round(mw_{each.key}) END::TINYINT AS g{n}"
        for n, each in enumerate(compared)
    )
    _random(con)
    (many,) = row(con, "SELECT count(*) FROM pairs")
    parts = max(1, -(-many // PART))
    for part in range(parts):
        step(f"pairs compared: {part * many // parts:,} of {many:,}")
        con.execute(
            f"CREATE OR REPLACE TABLE blocked AS SELECT l AS join_key_l, r AS join_key_r, "
            f"'0' AS match_key FROM pairs WHERE l % {parts} = {part} "
            f"UNION ALL SELECT l, r, '1' FROM chance WHERE l % {parts} = {part}"
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        found = linker.inference.predict(warning_mode="never")
        picked, chance = (
            con.execute(
                f"SELECT id_l AS l, id_r AS r, {named} FROM {found.physical_name} "
                f"WHERE match_key = '{key}'"
            ).fetchnumpy()
            for key in "01"
        )
        found.drop_table_from_database_and_remove_from_cache()
        yield Pairs.of(picked), Pairs.of(chance)


def _random(con: DuckDBPyConnection) -> None:
    """`chance(l, r)`: pairs at random, none where every pair is compared anyway."""
    (many,) = row(con, "SELECT count(*) FROM things")
    (made,) = row(con, "SELECT count(*) FROM pairs")
    drawn = 0 if made >= many * (many - 1) / 2 else SAMPLED
    ends = np.random.default_rng(SEED).integers(0, many, (2, drawn), dtype=np.int32)
    ends = ends[:, ends[0] != ends[1]]
    con.register("drawn", pa.table({"l": ends.min(axis=0), "r": ends.max(axis=0)}))
    con.execute("CREATE OR REPLACE TABLE chance AS SELECT * FROM drawn")
    con.unregister("drawn")


_TWO = """SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT {by}{key}count(*) AS n
  FROM things WHERE {name} IS NOT NULL {among} GROUP BY ALL)"""


def shares(
    con: DuckDBPyConnection,
    compared: list[Comparison],
    pairs: Pairs,
    chance: Pairs,
    sources: list[str] | None = None,
) -> list[Share]:
    """How often two records at random come to each level of each comparison; within `sources`,
    where these are given.

    Equal values are counted, and so are the pairs that were picked, which share something; of all
    others the pairs at random (`chance`) tell.
    """
    by, among, given = "", "", []
    if sources is not None:
        by, among, given = "source, ", "AND list_contains(?::VARCHAR[], source)", [sources]
    made = []
    for n, each in enumerate(compared):
        held, seen = (
            np.bincount(one.levels[n][one.levels[n] >= 0], minlength=len(each.levels))
            for one in (pairs, chance)
        )
        whole, equal = (
            float(row(con, _TWO.format(by=by, key=key, name=each.key, among=among), given)[0])
            for key in ("", f"{each.key}, ")
        )
        share = held + seen * max(0.0, whole - held.sum()) / max(1, seen.sum())
        share[0] = equal
        made.append(Share(share / max(share.sum(), 1e-12), whole))
    return made
