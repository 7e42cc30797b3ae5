"""The engine on tables in memory: rows in, weighed pairs out. What the graph and files share."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from tieline.loaders.candidates.block import block
from tieline.loaders.candidates.columns import Column, natures
from tieline.loaders.candidates.engine import Model, learn, score
from tieline.loaders.candidates.prepare import prepare
from tieline.loaders.candidates.settle import Pair, Settled, settle

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
    """What came of it: `scored` is a table of the connection."""

    con: duckdb.DuckDBPyConnection
    columns: list[Column]
    model: Model
    pairs: int


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
    pairs = block(con, columns)
    return Compared(con, columns, score(con, columns, across, step), pairs)


def found(compared: Compared, source: Mapping[str, str]) -> Settled:
    """What is held to be one thing; where a source has no doubles the figures are learnt again.

    Papers of the same authors have like titles: only that each has one partner in a source without
    doubles tells which likeness is that of a match.
    """
    settled = settle(weighed(compared.con), source)
    if settled.clean:
        learn(compared.con, compared.model, settled.matches(source))
        settled = settle(weighed(compared.con), source)
    return settled


def weighed(con: duckdb.DuckDBPyConnection) -> list[Pair]:
    """Every pair with any chance, lower id first."""
    rows = con.execute(
        "SELECT least(l, r), greatest(l, r), weight FROM scored WHERE weight > ? ORDER BY 1, 2",
        [FAINT],
    )
    return [Pair(*each) for each in rows.fetchall()]


def given(con: duckdb.DuckDBPyConnection, rows: Sequence[Row], names: Sequence[str]) -> None:
    """Make `given(id, source, ...)` of rows."""
    columns = {name: [row.get(name) for row in rows] for name in ("id", "source", *names)}
    con.register("rows", pa.table(columns, pa.schema([(n, pa.string()) for n in columns])))
    con.execute("CREATE OR REPLACE TABLE given AS SELECT * FROM rows")
    con.unregister("rows")
