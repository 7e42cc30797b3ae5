"""What the graph keeps of a pair: a TIE there and a TIE back, at each level of consent.

    there, back = ties(observations, as_of) or (None, None)

Each map holds every property of the relationship, so it is written whole (`SET t = $map`):
`audience` (the highest level at which anything is visible); of level 1 `strength, against, unknown,
step, likely, label, heard, kinds, quiet, seen`; of the levels 2 to 4 `step_L, likely_L, label_L,
kinds_L, seen_L`, absent where nothing is visible there. `likely` is how likely it holds, as far as
anybody can say: half of what is unknown beside the strength. `seen` is an ISO date, absent where
nothing is dated.

At each level a tie is what the observations visible there say, and no more. Only `step` differs
between the two ways. Figures are rounded to PLACES, so that another machine's last digit
cannot change the hash of the graph.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from tieline.schema.consent import LEVELS, STEWARD
from tieline.schema.strength import Observation, Summary, summary

PLACES = 12


def ties(
    observations: Iterable[Observation], as_of: date
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """(first to second, second to first), or None where nobody but the ends may see anything."""
    seen = list(observations)
    there: dict[str, Any] = {}
    back: dict[str, Any] = {}
    told, count = None, -1
    for level in LEVELS:
        shown = [o for o in seen if o.audience >= level]
        if len(shown) != count:
            told, count = summary(shown, as_of), len(shown)
        if told is None:
            break
        there["audience"] = back["audience"] = level
        if level == STEWARD:
            there |= _figures(told)
            back |= _figures(told)
        suffix = "" if level == STEWARD else f"_{level}"
        words = _words(told, suffix)
        words[f"likely{suffix}"] = round(told.strength + told.unknown / 2, PLACES)
        there |= words | {f"step{suffix}": round(told.step_there, PLACES)}
        back |= words | {f"step{suffix}": round(told.step_back, PLACES)}
    return (there, back) if there else None


def _figures(told: Summary) -> dict[str, Any]:
    """What only level 1 holds."""
    return {
        "strength": round(told.strength, PLACES),
        "against": round(told.against, PLACES),
        "unknown": round(told.unknown, PLACES),
        "heard": told.heard,
        "quiet": told.quiet,
    }


def _words(told: Summary, suffix: str) -> dict[str, Any]:
    words: dict[str, Any] = {f"label{suffix}": told.label, f"kinds{suffix}": list(told.kinds)}
    if told.seen:
        words[f"seen{suffix}"] = told.seen.isoformat()
    return words


def observed(row: Mapping[str, Any], reliability: float) -> Observation:
    """An observation as the statements bring it, by a source that is relied on so far."""
    return Observation(
        row["uid"],
        row["kind"],
        row["value"],
        row["weight"],
        row["answered_share"],
        reliability,
        row["reporter"],
        row["source"],
        row["forward"],
        _day(row.get("on")),
        _day(row.get("until")),
        row["audience"],
    )


@lru_cache(maxsize=4096)
def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None
