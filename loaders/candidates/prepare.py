"""A table made ready to compare: each column plain, with what its nature needs beside it.

`things(id, source, c0, c0_core, c0_s0 ...)`: `id` a number in the order of the given ids (`known`
says which: `known(rid, id, source)`); `c0` the plain value or null; `c0_core` its words in order of
the alphabet without the commonest, `c0_bare` without legal forms and small words; `c0_s0 ...` a
sketch of its letters in threes (sketch.py); `c0_all` other names; `c0_in`, `c0_digits` of numbers
the registers that they are in, and their digits.
"""

from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import Column, quoted
from tieline.loaders.candidates.sketch import sketches

COMMON = 0.02  # share of the records from which a word says little
WORDY = ("text", "name", "prose", "named")
FORMS = (  # words that say what a body is before the law, or nothing, and not which body it is
    "the a an ltd limited plc llp lp inc incorporated corp corporation co company "
    "cic cio scio charity charitable registered of and for in at on by to with"
).split()
LISTED = ("lead", "place", "funder", "register")  # several at once, with | between
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
LISTS = {  # by nature: name of the list, of what, and how each is made
    "named": {"all": ("g.others", _PLAIN.format(v=_JOINED.format(v="x")))},
    "register": {
        "in": ("{v}", "regexp_extract(x, '^gb-[a-z]+')"),
        "digits": ("{v}", "ltrim(regexp_replace(x, '[^0-9]', '', 'g'), '0')"),
    },
}


def prepare(con: DuckDBPyConnection, table: str, columns: list[Column]) -> None:
    """Make `known` and `things` of a table with `id`, `source` and the columns."""
    picked = "".join(f", nullif({_plain(c)}, '') AS c{n}" for n, c in enumerate(columns))
    picked += "".join(f", {_lists(c, f'c{n}')}" for n, c in enumerate(columns) if c.nature in LISTS)
    con.execute(
        f"CREATE OR REPLACE TABLE plain AS SELECT (row_number() OVER (ORDER BY id::VARCHAR) - 1)"
        f"::INTEGER AS rid, id::VARCHAR AS id, source{picked} FROM {table} g"
    )
    con.execute("CREATE OR REPLACE TABLE known AS SELECT rid, id, source FROM plain")
    beside, joins, made = "", "", ["plain"]
    for name in (f"c{n}" for n, column in enumerate(columns) if column.nature in WORDY):
        words = _wordy(con, name)
        beside += f", {name}_t.core AS {name}_core, {name}_t.bare AS {name}_bare"
        beside += "".join(f", {name}_k.s{n} AS {name}_s{n}" for n in range(words))
        joins += f" LEFT JOIN cored_{name} {name}_t ON p.{name} = {name}_t.v"
        joins += f" LEFT JOIN sketched_{name} {name}_k ON {name}_k.n = {name}_t.n"
        made += [f"cored_{name}", f"sketched_{name}"]
    con.execute(
        f"CREATE OR REPLACE TABLE things AS "
        f"SELECT p.* EXCLUDE (rid, id), p.rid AS id{beside} FROM plain p{joins}"
    )
    for name in made:
        con.execute(f"DROP TABLE {name}")


def _plain(column: Column) -> str:
    value = quoted(column.name)
    if column.nature in LISTED:
        return f"lower(trim({value}))"
    if column.nature in PLAIN:
        return PLAIN[column.nature].format(v=value)
    return _PLAIN.format(v=_JOINED.format(v=value))


def _lists(column: Column, name: str) -> str:
    """What a nature needs as lists."""
    value = f"lower(trim({quoted(column.name)}))"
    made = LISTS[column.nature]
    return ", ".join(
        f"coalesce(list_filter(list_transform(string_split({of.format(v=value)}, '|'), "
        f"lambda x: {each}), lambda x: x <> ''), []::VARCHAR[]) AS {name}_{suffix}"
        for suffix, (of, each) in made.items()
    )


def _wordy(con: DuckDBPyConnection, name: str) -> int:
    """`cored_` and `sketched_` of a column, once a distinct value."""
    con.execute(
        f"CREATE OR REPLACE TABLE said AS SELECT row_number() OVER () - 1 AS n, v "
        f"FROM (SELECT DISTINCT {name} AS v FROM plain WHERE {name} <> '')"
    )
    cores(con)
    words = sketches(con)
    for table in ("cored", "sketched"):
        con.execute(f"DROP TABLE IF EXISTS {table}_{name}")
        con.execute(f"ALTER TABLE {table} RENAME TO {table}_{name}")
    con.execute("DROP TABLE said")
    return words


def cores(con: DuckDBPyConnection) -> None:
    """`cored(n, v, core, bare)` of `said(n, v)`: its words in order of the alphabet without those
    that many values have, and without those of FORMS.
    """
    found = con.execute(
        "SELECT w FROM (SELECT unnest(list_distinct(string_split(v, ' '))) AS w FROM said) "
        "GROUP BY w HAVING count(*) >= greatest(5, ? * (SELECT count(*) FROM said))",
        [COMMON],
    )
    common = [word for (word,) in found.fetchall()]
    con.execute(
        """CREATE OR REPLACE TABLE cored AS
        WITH w AS (SELECT n, v, list_sort(list_distinct(string_split(v, ' '))) AS words FROM said),
        p AS (SELECT n, v, words,
          list_filter(words, lambda w: NOT list_contains($forms::VARCHAR[], w)) AS bare,
          list_filter(words, lambda w: NOT list_contains($common::VARCHAR[], w)) AS rare FROM w)
        SELECT n, v,
          array_to_string(CASE WHEN len(rare) > 0 THEN rare ELSE words END, ' ') AS core,
          array_to_string(CASE WHEN len(bare) > 0 THEN bare ELSE words END, ' ') AS bare FROM p""",
        {"forms": FORMS, "common": common},
    )
