"""What agrees in matches (m), by Splink's expectation maximisation.

A session looks at pairs that are the same in one column and learns what agrees in the others. The
columns are those whose equal values are fewest, and enough.
"""

from collections.abc import Callable
from typing import Any

from duckdb import DuckDBPyConnection
from splink import Linker, SettingsCreator
from splink.internals.exceptions import EMTrainingException

from tieline.loaders.candidates.columns import row
from tieline.loaders.candidates.compare import Comparison, settings
from tieline.loaders.candidates.refine import Share

TRAINED = 2e5  # pairs at most of each session
SESSIONS = 2
RATE = 1e-4  # of matches among all pairs, to begin with
ENOUGH = 50  # pairs that agree, from which a column can be trained on
Step = Callable[[str], None]


def linked(things: Any, told: list[dict[str, Any]]) -> Linker:
    """Splink on the things, with these comparisons."""
    chosen = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[*told],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=RATE,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        max_iterations=25,
    )
    return Linker(things, chosen, log_level=None, validate_settings=False)


def trained(
    con: DuckDBPyConnection,
    things: Any,
    compared: list[Comparison],
    found: list[Share],
    across: bool,
    step: Step,
) -> list[list[float | None]]:
    """Of each comparison what agrees in matches, best level first; nothing where nothing shows."""
    told = [settings(each) for each in compared]
    for setting, each, share in zip(told, compared, found, strict=True):
        levels = setting["comparison_levels"][1:]
        for level, u, start in zip(levels, share.of, each.starts, strict=True):
            level["u_probability"] = max(float(u), 1e-9)
            if each.firm:
                m = min(1.0, level["u_probability"] * 2.0**start)
                level |= {"m_probability": m, "fix_m_probability": True}
    linker = linked(things, told)
    for key in _rules(con, compared, across):
        step(f"what agrees in matches, where {key} is the same")
        _train(linker, f"l.{key} = r.{key}" + (" AND l.source <> r.source" if across else ""))
    made = linker.misc.save_model_to_json()["comparisons"]
    return [[level.get("m_probability") for level in one["comparison_levels"][1:]] for one in made]


def _rules(con: DuckDBPyConnection, compared: list[Comparison], across: bool) -> list[str]:
    """Columns to train on: those whose equal values are fewest, and enough."""
    if len(compared) < 3:  # Splink 5.0.0 cannot train one comparison alone
        return []
    counted = []
    same = "sum(m * (m - 1) / 2)" if across else "0"
    for each in compared:
        if each.firm or each.nature in ("prose", "category"):
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
