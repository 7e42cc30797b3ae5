"""A table made ready to compare: each column plain, with what its nature needs beside it.

`things(id, source, c0, c0_core, c0_v ...)`: `c0` the plain value or null; `c0_core` its words in
order of the alphabet without the commonest; `c0_v` a sketch of its letters in threes, weighed by
how rare they are: of two sketches the share of bits that differ is the angle between the texts over
pi (Charikar 2002), so that how alike they are costs a tenth of a microsecond a pair.
"""

import math
import zlib
from collections import Counter
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import Column

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
    found = con.execute(f"SELECT DISTINCT {name} FROM things WHERE {name} <> '' ORDER BY 1")
    values = [value for (value,) in found.fetchall()]
    common, often = _common(values), _often(values)
    con.execute("CREATE OR REPLACE TABLE said (v VARCHAR, core VARCHAR, sketch BIT)")
    left = iter(values)
    while chunk := list(islice(left, CHUNK)):
        cores = [core(value, common) for value in chunk]
        made = sketches(chunk, often, len(values))
        con.register("arrow", pa.table({"v": chunk, "c": cores, "s": made}))
        con.execute("INSERT INTO said SELECT v, c, s::BIT FROM arrow")
        con.unregister("arrow")
    con.execute(
        f"CREATE OR REPLACE TABLE things AS SELECT t.*, s.core AS {name}_core, "
        f"s.sketch AS {name}_v FROM things t LEFT JOIN said s ON t.{name} = s.v"
    )


def _common(values: list[str]) -> set[str]:
    counts = Counter(word for value in values for word in set(value.split()))
    least = max(5, COMMON * len(values))
    return {word for word, n in counts.items() if n >= least}


def core(value: str, common: set[str]) -> str:
    """Its words without the commonest, in order; all of them where nothing else is left."""
    words = sorted(set(value.split()))
    return " ".join([word for word in words if word not in common] or words)


def threes(value: str) -> set[str]:
    padded = f" {value} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def _often(values: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value in values:
        counts.update(threes(value))
    return counts


def sketches(values: list[str], often: Counter[str], of: int) -> list[str]:
    """Noughts and ones: on which side of each of BITS random planes a text lies."""
    planes = np.random.default_rng(1).integers(0, 2, (SPOTS, BITS)).astype(np.float32) * 2 - 1
    sides = _vectors(values, often, of) @ planes > 0
    flat = (sides.astype(np.uint8) + ord("0")).tobytes().decode()
    return [flat[n : n + BITS] for n in range(0, len(flat), BITS)]


def _vectors(values: list[str], often: Counter[str], of: int) -> npt.NDArray[np.float32]:
    """log(of / n) of each three letters, at a place and with a sign that its hash gives."""
    spots: list[int] = []
    weights: list[float] = []
    known: dict[str, tuple[int, float]] = {}
    for at, value in enumerate(values):
        for three in threes(value):
            if three not in known:
                digest = zlib.crc32(three.encode())
                weight = math.log((1 + of) / often[three])
                known[three] = digest % SPOTS, weight if digest & 1 << 20 else -weight
            spot, weight = known[three]
            spots.append(at * SPOTS + spot)
            weights.append(weight)
    flat = np.bincount(spots, weights, minlength=len(values) * SPOTS)
    return flat.reshape(len(values), SPOTS).astype(np.float32)
