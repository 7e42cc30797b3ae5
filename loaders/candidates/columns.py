"""What kind of thing a column holds, read off its own values: the comparisons follow from that.

    natures(con, table, names) -> [Column(name, nature, ...)]

The rules were fixed before any truth was looked at, and look at values alone, never at headings.
"""

from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

DATE = r"(1[89]|20)\d\d(-?)(0[1-9]|1[0-2])(-?)(0[1-9]|[12]\d|3[01])|\d\d?/\d\d?/(1[89]|20)\d\d"
WEB = r"(https?://|www\.)\S+|[a-z0-9-]+(\.[a-z]{2,})+(/\S*)?"
POSTCODE = r"[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2}"  # of the United Kingdom
MOST = 0.8  # share of the values that must look so
DIGITS, MEASURE = 6, 0.3  # digits that make a number a name for one thing; share that differ
WORDS, PROSE = 2.2, 14  # words on average from which it is a text, a description
FEW = 40  # values so few that they are categories


@dataclass(frozen=True, slots=True)
class Column:
    """`distinct`, `filled`: how many values it has, and how many rows have one."""

    name: str
    nature: str
    distinct: int
    filled: int


_LOOK = """
WITH seen AS MATERIALIZED (
  FROM (SELECT {value} AS v FROM (FROM {table} WHERE hash(id) % {part} = 0)) WHERE v IS NOT NULL)
SELECT avg((regexp_full_match(v, $date))::INT), avg((regexp_full_match(v, $postcode))::INT),
  avg((v LIKE '%_@_%._%')::INT), avg((regexp_full_match(v, $web))::INT),
  avg((regexp_full_match(v, '[-+(). /\\d]*\\d[-+(). /\\d]*'))::INT),
  avg(length(regexp_replace(v, '\\D', '', 'g'))),
  avg(len(regexp_extract_all(v, '[^\\s,;/]+')))
FROM seen
"""
LOOKED = 2_000  # values, roughly, whose look is looked at


def row(con: DuckDBPyConnection, sql: str, given: Any = None) -> tuple[Any, ...]:
    """The one row of an answer. All is fetched: DuckDB 2 keeps the connection until then."""
    found: tuple[Any, ...] = con.execute(sql, given).fetchall()[0]
    return found


def quoted(name: str) -> str:
    """As a column's name is written in SQL, whatever is in it."""
    inside = name.replace('"', '""')
    return f'"{inside}"'


def natures(con: DuckDBPyConnection, table: str, names: list[str]) -> list[Column]:
    """The columns worth comparing; what is empty or always the same is left out."""
    values = [f"nullif(lower(trim({quoted(name)})), '')" for name in names]
    counted = ", ".join(f"count({value}), count(DISTINCT {value})" for value in values)
    counts = row(con, f"SELECT {counted} FROM {table}") if names else ()
    found = []
    told = zip(names, values, counts[::2], counts[1::2], strict=True)
    for name, value, filled, distinct in told:
        part = max(1, filled // LOOKED)
        given = {"date": DATE, "postcode": POSTCODE, "web": WEB}
        look = row(con, _LOOK.format(value=value, table=table, part=part), given)
        if distinct > 1 and look[0] is not None:
            found.append(Column(name, nature(filled, distinct, *look), distinct, filled))
    return found


def nature(
    filled: int,
    distinct: int,
    dates: float,
    postcodes: float,
    mails: float,
    webs: float,
    numbers: float,
    digits: float,
    words: float,
) -> str:
    """date, postcode, mail, web, number (names one thing), figure, category, prose, text, name."""
    if dates >= MOST:
        return "date"
    if postcodes >= MOST:
        return "postcode"
    if mails >= MOST:
        return "mail"
    if webs >= MOST:
        return "web"
    if numbers >= MOST:
        return "number" if digits >= DIGITS and distinct >= MEASURE * filled else "figure"
    if distinct <= FEW and distinct <= filled / 10:
        return "category"
    return "prose" if words >= PROSE else "text" if words >= WORDS else "name"
