"""Fellegi-Sunter by Splink on DuckDB: pairs of records, each with the weights that speak for it.

Splink compares, estimates what agrees by chance (u, random pairs) and what agrees in matches (m, by
expectation maximisation where a column is the same); `refine` settles the figures on all pairs.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.exceptions import EMTrainingException

from tieline.loaders.candidates.columns import Column, row
from tieline.loaders.candidates.compare import Compared, comparisons, settings
from tieline.loaders.candidates.refine import Figures, refine

SEED = 7
SAMPLED = 5e5  # random pairs from which chance agreement (u) is estimated
TRAINED = 2e5  # pairs at most of each session that estimates agreement of matches (m)
SESSIONS = 4
RATE = 1e-4  # of matches among all pairs, to begin with
PART = 2_000_000  # pairs compared in one go
ENOUGH = 50  # pairs that agree, from which a column can be trained on
Step = Callable[[str], None]


@dataclass
class Model:
    """`bits[key]`: the weight of each level, best first; `trained[key]`: by EM."""

    compared: list[Compared]
    bits: dict[str, list[float]] = field(default_factory=dict)
    trained: dict[str, bool] = field(default_factory=dict)
    figures: list[Figures] = field(default_factory=list)


def score(
    con: DuckDBPyConnection, columns: list[Column], across: bool, step: Step = lambda _: None
) -> Model:
    """Make `scored(l, r, weight, g0, r0 ...)` of `things` and `pairs`.

    Of each pair its records, the weight in bits, each comparison's level (best 0, missing null) and
    what the value's rarity adds.
    """
    compared = comparisons(columns)
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(con)
    things = api.register("things", dataset_display_name="things")
    told = _settings([settings(each) for each in compared])
    linker = Linker(things, told, log_level=None, validate_settings=False)
    step("what agrees by chance")
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED, seed=SEED)
    for key in _rules(con, compared, across):
        step(f"what agrees in matches, where {key} is the same")
        _train(linker, f"l.{key} = r.{key}" + (" AND l.source <> r.source" if across else ""))
    _levels(con, api, compared, step)
    step("what each weighs")
    model = _settled(con, compared, linker.misc.save_model_to_json())
    _weigh(con, model)
    return model


def _settings(told: list[dict[str, Any]]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[*told],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=RATE,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        max_iterations=25,
    )


def _rules(con: DuckDBPyConnection, compared: list[Compared], across: bool) -> list[str]:
    """Columns to train on: those whose equal values are fewest, and enough."""
    if len(compared) < 3:  # Splink 5.0.0 cannot train one comparison alone
        return []
    counted = []
    same = "sum(m * (m - 1) / 2)" if across else "0"
    for each in compared:
        if each.nature in ("prose", "category"):
            continue
        (pairs,) = row(
            con,
            f"""WITH f AS (SELECT {each.key} AS v, source, count(*) AS m FROM things
              WHERE {each.key} IS NOT NULL GROUP BY ALL),
            g AS (SELECT sum(m) AS n, {same} AS same FROM f GROUP BY v)
            SELECT sum(n * (n - 1) / 2 - same) FROM g""",
        )
        if pairs and pairs >= ENOUGH:
            counted.append((pairs, each.key))
    return [key for _, key in sorted(counted)[:SESSIONS]]


def _train(linker: Linker, rule: str) -> None:
    """One session; a rule that nothing can be learnt from is passed over."""
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule,
            max_pairs=TRAINED,
            record_sample_proportion=1.0,
            estimate_without_term_frequencies=True,
        )
    except EMTrainingException:
        return


def _levels(con: DuckDBPyConnection, api: DuckDBAPI, compared: list[Compared], step: Step) -> None:
    """`levels(l, r, g0, g1 ...)`: Splink's comparison of every pair, a part at a time.

    Splink hands out a level only together with all the values compared, or as a weight: so each
    level is given its own number as its weight, the worst 1, missing 0.
    """
    told = [settings(each) for each in compared]
    for setting in told:
        worst_first = setting["comparison_levels"][:0:-1]
        for n, level in enumerate(worst_first, 1):
            level |= {"m_probability": 0.5, "u_probability": 0.5 / 2**n}
    things = api.register("things")
    linker = Linker(things, _settings(told), log_level=None, validate_settings=False)
    named = ", ".join(
        f"nullif({len(each.levels)} - round(mw_{each.key})::TINYINT, {len(each.levels)}) AS g{n}"
        for n, each in enumerate(compared)
    )
    (many,) = row(con, "SELECT count(*) FROM pairs")
    con.execute("DROP TABLE IF EXISTS levels")
    for start in range(0, max(many, 1), PART):
        step(f"pairs {start:,} to {min(start + PART, many):,} of {many:,}")
        con.execute(
            "CREATE OR REPLACE TABLE blocked AS SELECT a.id AS join_key_l, b.id AS join_key_r, "
            "'0' AS match_key FROM (FROM pairs WHERE rowid >= ? AND rowid < ?) p "
            "JOIN keyed a ON a.rid = p.l JOIN keyed b ON b.rid = p.r",
            [start, start + PART],
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        found = linker.inference.predict(warning_mode="never")
        making = "INSERT INTO levels" if start else "CREATE TABLE levels AS"
        con.execute(f"{making} SELECT id_l AS l, id_r AS r, {named} FROM {found.physical_name}")
        found.drop_table_from_database_and_remove_from_cache()


def _settled(con: DuckDBPyConnection, compared: list[Compared], trained: Any) -> Model:
    made = {c["output_column_name"]: c["comparison_levels"] for c in trained["comparisons"]}
    figures = []
    for each in compared:
        levels = [level for level in made[each.key] if not level.get("is_null_level")]
        us = [level.get("u_probability") for level in levels]
        ms = [level.get("m_probability") for level in levels]
        figures.append(Figures.of([level.bits for level in each.levels], ms, us))
    keys = [each.key for each in compared]
    tops = [len(each.levels) - 1 for each in compared]
    picked = ", ".join(f"coalesce(g{n}, {top + 1})" for n, top in enumerate(tops))
    counts = con.execute(f"SELECT {picked}, count(*) FROM levels GROUP BY ALL").fetchall()
    (many,) = row(con, "SELECT count(*) FROM things")
    settled = refine(figures, counts, tops, many * (many - 1) / 2)
    bits = {key: each.bits() for key, each in zip(keys, settled, strict=True)}
    trained = {key: each.trained for key, each in zip(keys, figures, strict=True)}
    return Model(compared, bits, trained, settled)


def learn(con: DuckDBPyConnection, model: Model, matches: list[tuple[str, str]]) -> None:
    """Weigh again by what agrees in these matches (records in either order)."""
    both = [*matches, *((right, left) for left, right in matches)]
    con.register("told", pa.table({"l": [a for a, _ in both], "r": [b for _, b in both]}))
    for n, (each, figures) in enumerate(zip(model.compared, model.figures, strict=True)):
        found = con.execute(
            f"SELECT g{n}, count(*) FROM levels JOIN told USING (l, r) WHERE g{n} IS NOT NULL "
            "GROUP BY 1"
        ).fetchall()
        figures.again({level: count for level, count in found})
        model.bits[each.key] = figures.bits()
    con.unregister("told")
    _weigh(con, model)


def _weigh(con: DuckDBPyConnection, model: Model) -> None:
    """The weight of each pair: that of its levels, and of an equal value's rarity."""
    picked, sums = [], []
    for n, each in enumerate(model.compared):
        weights = ", ".join(f"{bits:.6f}" for bits in model.bits[each.key])
        rare = "0.0"
        if each.levels[0].rarity:
            _rarity(con, each.key)
            rare = f"CASE WHEN p.g{n} = 0 THEN coalesce(n{n}.bits, 0) ELSE 0 END"
        picked += [f"p.g{n}", f"({rare})::FLOAT AS r{n}"]
        sums.append(f"coalesce([{weights}][p.g{n} + 1], 0) + {rare}")
    joins = " ".join(
        f"LEFT JOIN rare_{each.key} n{n} ON n{n}.id = p.l"
        for n, each in enumerate(model.compared)
        if each.levels[0].rarity
    )
    con.execute(
        f"CREATE OR REPLACE TABLE scored AS SELECT p.l, p.r, "
        f"({' + '.join(sums)})::FLOAT AS weight, {', '.join(picked)} FROM levels p {joins}"
    )


def _rarity(con: DuckDBPyConnection, key: str) -> None:
    """Bits that a value's rarity adds where two have it: log2 of mean over own count of others.

    Term frequency, but of the *other* records with the value: that two have it is what is to be
    explained. Of what hardly ever recurs, equal values all weigh the same.
    """
    con.execute(
        f"""CREATE OR REPLACE TABLE rare_{key} AS
        WITH c AS (SELECT {key} AS v, count(*) AS n FROM things WHERE {key} IS NOT NULL
          GROUP BY 1 HAVING count(*) > 1),
        a AS (SELECT sum(n * (n - 1)) / sum(n) AS mean FROM c)
        SELECT t.id, greatest(-6, least(6, log2(a.mean / (c.n - 1)))) AS bits
        FROM things t JOIN c ON t.{key} = c.v, a WHERE c.n <> 2 OR a.mean > 1.01"""
    )
