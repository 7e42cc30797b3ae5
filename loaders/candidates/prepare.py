"""A table made ready to compare: each column plain, with what its nature needs beside it.

`things(id, source, c0, c0_core, c0_v ...)`: `c0` the plain value or null; `c0_core` its words in
order of the alphabet without the commonest; `c0_v` a sketch of its letters in threes, weighed by
how rare they are: of two sketches the share of bits that differ is the angle between the texts over
pi (Charikar 2002), so that how alike they are costs a tenth of a microsecond a pair.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import Column, row

SPOTS, BITS = 512, 512  # of the vector that threes are hashed into; of a sketch
COMMON = 0.02  # share of the records from which a word says little
CHUNK = 20_000
WORDY = ("text", "name", "prose", "named")
LISTED = ("lead", "place", "funder")  # several at once, with | between
_PLAIN = (
    "trim(regexp_replace(replace(lower(strip_accents({v})), '&', ' and '), '[^a-z0-9]+', ' ', 'g'))"
)
_JOINED = "regexp_replace({v}, '[''.\u2019]', '', 'g')"  # what stands within a word
PLAIN = {
    "date": "coalesce(try_strptime({v}, ['%Y-%m-%d', '%Y%m%d', '%d/%m/%Y']), NULL)::DATE::VARCHAR",
    "postcode": "upper(replace({v}, ' ', ''))",
    "mail": "lower(trim({v}))",
    "web": "regexp_replace(lower(trim({v})), '^([a-z]+://)?(www\\.)?([^/?#]*).*$', '\\3')",
    "number": "ltrim(regexp_replace(upper({v}), '[^A-Z0-9]', '', 'g'), '0')",
    "figure": (
        "coalesce(nullif(ltrim(regexp_replace({v}, '[^0-9.]', '', 'g'), '0'), ''), trim({v}))"
    ),
}


def prepare(con: DuckDBPyConnection, table: str, columns: list[Column]) -> None:
    """Make `things` of a table with `id`, `source` and the columns."""
    picked = ", ".join(f"nullif({_plain(c)}, '') AS c{n}" for n, c in enumerate(columns))
    con.execute(
        f"CREATE OR REPLACE TABLE things AS SELECT id::VARCHAR AS id, source, {picked} FROM {table}"
    )
    for n, column in enumerate(columns):
        if column.nature == "named":
            _others(con, f"c{n}", table)
        if column.nature in WORDY:
            _wordy(con, f"c{n}")


def _plain(column: Column) -> str:
    value = f'"{column.name}"'
    if column.nature in LISTED:
        return f"lower(trim({value}))"
    if column.nature in PLAIN:
        return PLAIN[column.nature].format(v=value)
    return _PLAIN.format(v=_JOINED.format(v=value))


def _others(con: DuckDBPyConnection, name: str, table: str) -> None:
    """Beside a name the list of its others, as plain."""
    plain = _PLAIN.format(v=_JOINED.format(v="x"))
    con.execute(
        f"CREATE OR REPLACE TABLE things AS SELECT t.*, coalesce(list_transform("
        f"string_split(g.others, '|'), lambda x: {plain}), []::VARCHAR[]) AS {name}_all "
        f"FROM things t JOIN {table} g ON t.id = g.id"
    )


def _wordy(con: DuckDBPyConnection, name: str) -> None:
    """Its core and its sketch, one a distinct value."""
    con.execute(
        f"CREATE OR REPLACE TABLE said AS SELECT row_number() OVER (ORDER BY v) - 1 AS n, v "
        f"FROM (SELECT DISTINCT {name} AS v FROM things WHERE {name} <> '')"
    )
    cores(con)
    sketches(con)
    con.execute(
        f"CREATE OR REPLACE TABLE things AS SELECT t.*, s.core AS {name}_core, "
        f"s.sketch AS {name}_v FROM things t LEFT JOIN sketched s ON t.{name} = s.v"
    )


def cores(con: DuckDBPyConnection) -> None:
    """`cored(n, v, core)` of `said(n, v)`: words in order, without those that many values have."""
    found = con.execute(
        "SELECT w FROM (SELECT unnest(list_distinct(string_split(v, ' '))) AS w FROM said) "
        "GROUP BY w HAVING count(*) >= greatest(5, ? * (SELECT count(*) FROM said))",
        [COMMON],
    )
    common = [word for (word,) in found.fetchall()]
    con.execute(
        "CREATE OR REPLACE TABLE cored AS SELECT n, v, array_to_string(CASE WHEN len(rare) > 0 "
        "THEN rare ELSE every END, ' ') AS core FROM (SELECT n, v, every, "
        "list_filter(every, lambda w: NOT list_contains(?::VARCHAR[], w)) AS rare FROM ("
        "SELECT n, v, list_sort(list_distinct(string_split(v, ' '))) AS every FROM said))",
        [common],
    )


def sketches(con: DuckDBPyConnection) -> None:
    """`sketched(v, core, sketch)`: on which side of each of BITS random planes a text lies.

    A text is log(of / n) of each three letters, at a place and with a sign that its hash gives.
    """
    con.execute(
        """CREATE OR REPLACE TABLE threes AS WITH g AS (
          SELECT n, hash(substr(t, i, 3)) AS h FROM (
            SELECT n, ' ' || v || ' ' AS t, unnest(range(1, length(v) + 1)) AS i FROM said)),
        f AS (SELECT h, greatest(0, ln((1 + (SELECT count(*) FROM said)) / count(*))) AS w
          FROM g GROUP BY h)
        SELECT n, (h % ?)::INT AS spot, sum(CASE WHEN h & 1048576 = 0 THEN w ELSE -w END) AS w
        FROM g JOIN f USING (h) GROUP BY n, spot""",
        [SPOTS],
    )
    (many,) = row(con, "SELECT count(*) FROM said")
    planes = np.random.default_rng(1).integers(0, 2, (SPOTS, BITS)).astype(np.float32) * 2 - 1
    con.execute("CREATE OR REPLACE TABLE sketched (v VARCHAR, core VARCHAR, sketch BIT)")
    for start in range(0, many, CHUNK):
        size = min(CHUNK, many - start)
        told = con.execute(
            "SELECT n - ? AS n, spot, w FROM threes WHERE n >= ? AND n < ?",
            [start, start, start + size],
        ).fetchnumpy()
        spots = told["n"].astype(np.int64) * SPOTS + told["spot"]
        flat = np.bincount(spots, told["w"], minlength=size * SPOTS).astype(np.float32)
        sides = flat.reshape(size, SPOTS) @ planes > 0
        con.register("arrow", pa.table({"n": np.arange(start, start + size), "s": _texts(sides)}))
        con.execute(
            "INSERT INTO sketched SELECT c.v, c.core, a.s::BIT FROM cored c JOIN arrow a USING (n)"
        )
        con.unregister("arrow")


def _texts(sides: npt.NDArray[np.bool_]) -> Any:
    """Rows of noughts and ones as texts of one length, handed over as they lie in memory."""
    letters = (sides.astype(np.uint8) + ord("0")).tobytes()
    ends = np.arange(0, len(letters) + 1, BITS, dtype=np.int32)
    buffers = [pa.py_buffer(ends.tobytes()), pa.py_buffer(letters)]
    return pa.StringArray.from_buffers(len(sides), *buffers)
