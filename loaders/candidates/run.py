"""The engine on tables in memory: rows in, weighed pairs out. What the graph and files share."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from tieline.loaders.candidates.block import block
from tieline.loaders.candidates.columns import Column, natures
from tieline.loaders.candidates.engine import Model, score, shares
from tieline.loaders.candidates.pairs import Ints, Pairs
from tieline.loaders.candidates.prepare import prepare
from tieline.loaders.candidates.settle import Settled, settle

THREADS, MEMORY = 2, "2GB"
FAINT = -2.0  # bits of evidence from which a pair is looked at again
Row = Mapping[str, str | None]


def connect(memory: str = MEMORY, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """DuckDB in bounded memory: what does not fit goes to files in `scratch`."""
    con = duckdb.connect()
    where = scratch or Path(tempfile.gettempdir())
    con.execute(f"SET threads = {THREADS}")
    con.execute(f"SET memory_limit = '{memory}'")
    con.execute("SET temp_directory = ?", [str(where / "tieline-duckdb")])
    con.execute("SET enable_progress_bar = false")
    return con


@dataclass
class Compared:
    """What came of it; the connection holds `things`, and `known` the ids of its numbers."""

    con: duckdb.DuckDBPyConnection
    columns: list[Column]
    model: Model
    pairs: Pairs
    many: int

    @property
    def ids(self) -> list[str]:
        """Of each number the id that was given."""
        return [id for (id,) in self.con.execute("SELECT id FROM known ORDER BY rid").fetchall()]


def compare(
    con: duckdb.DuckDBPyConnection,
    table: str,
    names: Sequence[str] | list[Column],
    across: bool,
    step: Callable[[str], None] = lambda _: None,
) -> Compared:
    """Compare the rows of a table with `id` and `source` by columns, of known nature or by name."""
    step("what the columns hold")
    columns = [each for each in names if isinstance(each, Column)]
    columns = columns or natures(con, table, [str(name) for name in names])
    prepare(con, table, columns)
    step("which pairs to compare")
    many = block(con, columns)
    return Compared(con, columns, *score(con, columns, across, step), many)


def found(compared: Compared) -> Settled:
    """What is held to be one thing; where a source has no doubles the figures are learnt again.

    Papers of the same authors have like titles: only that each has one partner in a source without
    doubles tells which likeness is that of a match.
    """
    sources, of = _sources(compared.con)
    settled = settle(_likely(compared.pairs), of)
    if settled.clean.any():
        _learn(compared, settled, sources, of)
        settled = settle(_likely(compared.pairs), of)
    return settled


def _sources(con: duckdb.DuckDBPyConnection) -> tuple[list[str], Ints]:
    """The sources, and of each record the number of its own."""
    told = con.execute("SELECT DISTINCT source FROM known ORDER BY source").fetchall()
    numbers = con.execute(
        "SELECT dense_rank() OVER (ORDER BY source) - 1 AS n FROM known ORDER BY rid"
    ).fetchnumpy()["n"]
    return [source for (source,) in told], np.asarray(numbers, np.int32)


def _learn(compared: Compared, settled: Settled, sources: list[str], of: Ints) -> None:
    """What agrees in the matches found, and within sources without doubles, where all is chance."""
    model, pairs = compared.model, compared.pairs
    within, chance = (
        each.taken((of[each.left] == of[each.right]) & settled.clean[of[each.left]])
        for each in (pairs, model.chance)
    )
    clean = [source for source, lone in zip(sources, settled.clean, strict=True) if lone]
    agreed = shares(compared.con, model.compared, within, chance, clean)
    model.learn(settled.pairs, settled.matched(of), agreed)
    model.weigh(pairs)


def _likely(pairs: Pairs) -> Pairs:
    """Every pair with any chance."""
    return pairs.taken(pairs.weight > FAINT)


def given(con: duckdb.DuckDBPyConnection, rows: Sequence[Row], names: Sequence[str]) -> None:
    """Make `given(id, source, ...)` of rows."""
    columns = {name: [row.get(name) for row in rows] for name in ("id", "source", *names)}
    con.register("rows", pa.table(columns, pa.schema([(n, pa.string()) for n in columns])))
    con.execute("CREATE OR REPLACE TABLE given AS SELECT * FROM rows")
    con.unregister("rows")
