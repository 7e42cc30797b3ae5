"""Which pairs to compare: those that share something rare, the rarest first, up to a budget.

Keys of a record: each value; each word of a text that is not among the commonest; the year of a
date, the district of a postcode. A key that too many carry counts only together with another such
key of another column: (place, start year), (surname, town). Of the rarest one is enough; of others
two records must share two, as who is one thing mostly does. Small tables are compared whole.
"""

from duckdb import DuckDBPyConnection

from tieline.loaders.candidates.columns import Column, row

WHOLE = 1_500_000  # pairs up to which everything is compared with everything
WIDE, CLOSE = 12, 3  # pairs a record at most: that share two keys, that may share one alone
LEAST = 100_000  # records that the budgets reckon with at least
CROWD = 50  # records from which a key is too common to stand alone
UNNESTED = {"named": "all", "register": "digits"}  # lists of which each value is a key


def block(con: DuckDBPyConnection, columns: list[Column]) -> int:
    """Make `pairs(l, r)` of row numbers of `things`; how many."""
    (many,) = row(con, "SELECT count(*) FROM things")
    if many * (many - 1) / 2 <= WHOLE:
        con.execute(
            "CREATE OR REPLACE TABLE pairs AS SELECT a.rid AS l, b.rid AS r "
            "FROM known a JOIN known b ON a.rid < b.rid"
        )
    else:
        _keys(con, columns)
        _rare(con, WIDE * max(LEAST, many), CLOSE * max(LEAST, many))
        con.execute(
            "CREATE OR REPLACE TABLE pairs AS SELECT a.rid AS l, b.rid AS r FROM kept a "
            "JOIN kept b ON a.key = b.key AND a.rid < b.rid GROUP BY ALL "
            "HAVING count(*) > 1 OR bool_or(a.alone)"
        )
        con.execute("DROP TABLE kept")
    (made,) = row(con, "SELECT count(*) FROM pairs")
    return int(made)


def _keys(con: DuckDBPyConnection, columns: list[Column]) -> None:
    """`keys(rid, part, key)`: the key a hash of column and value."""
    parts: list[tuple[int, str]] = []
    for n, column in enumerate(columns):
        parts.append((n, f"c{n}"))
        if column.nature == "date":
            parts.append((n, f"'y' || c{n}[:4]"))
        elif column.nature == "postcode":
            parts.append((n, f"'d' || c{n}[:-4]"))
        elif column.nature in ("text", "named"):
            parts.append((n, f"nullif(c{n}_bare, c{n})"))
        elif column.nature == "mail":
            parts.append((n, f"'m' || split_part(c{n}, '@', 1)"))
    one = [
        f"SELECT id AS rid, {n} AS part, hash('{n}', {value}) AS key FROM things "
        f"WHERE c{n} IS NOT NULL"
        for n, value in parts
    ]
    words = [
        f"SELECT DISTINCT id, {n}, hash('{n}w', unnest(string_split(c{n}_core, ' '))) "
        f"FROM things WHERE c{n} IS NOT NULL"
        for n, column in enumerate(columns)
        if column.nature in ("text", "prose", "named")
    ]
    words += [
        f"SELECT id, {n}, hash('{n}', unnest(c{n}_{UNNESTED[column.nature]})) FROM things"
        for n, column in enumerate(columns)
        if column.nature in UNNESTED
    ]
    con.execute(f"CREATE OR REPLACE TABLE keys AS {' UNION ALL '.join(one + words)}")
    con.execute(
        "CREATE OR REPLACE TABLE sizes AS SELECT key, count(*) AS n FROM keys GROUP BY key "
        "HAVING count(*) > 1"
    )


def _rare(con: DuckDBPyConnection, wide: int, close: int) -> None:
    """`kept(rid, key, alone)`: the smallest blocks whose pairs together stay within `wide`; `alone`
    where they stay within `close`.
    """
    con.execute(
        f"""CREATE OR REPLACE TABLE narrow AS
        WITH crowded AS (SELECT k.* FROM keys k JOIN sizes s USING (key) WHERE s.n > {CROWD}
          AND s.n < (SELECT count(*) FROM things) / 4),
        two AS (SELECT a.rid, hash(a.key, b.key) AS key FROM crowded a JOIN crowded b
          ON a.rid = b.rid AND a.part < b.part)
        SELECT rid, key FROM two UNION ALL
        SELECT k.rid, k.key FROM keys k JOIN sizes s USING (key) WHERE s.n <= {CROWD}"""
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE kept AS
        WITH sized AS (SELECT key, count(*) AS n FROM narrow GROUP BY key
          HAVING count(*) BETWEEN 2 AND {CROWD}),
        by_size AS (SELECT n, sum(n * (n - 1) / 2) AS pairs FROM sized GROUP BY n),
        so_far AS (SELECT n, sum(pairs) OVER (ORDER BY n) AS pairs FROM by_size),
        most AS (SELECT coalesce(max(n) FILTER (pairs <= {wide}), 2) AS wide,
          coalesce(max(n) FILTER (pairs <= {close}), 2) AS close FROM so_far)
        SELECT b.rid, b.key, s.n <= most.close AS alone
        FROM narrow b JOIN sized s USING (key), most WHERE s.n <= most.wide"""
    )
    for table in ("keys", "sizes", "narrow"):
        con.execute(f"DROP TABLE {table}")
