"""Ties: what all that is observed of a pair says, as of the graph's one date."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.compose import Basis
from tieline.loaders.exact import exactly
from tieline.schema.strength import Observation
from tieline.schema.ties import ties

Pair = tuple[str, str]
Rows = list[dict[str, Any]]


def derive(steps: Steps, pairs: Iterable[Pair], sources: Mapping[str, Basis], as_of: date) -> int:
    """Write both ties of each of these pairs anew. How many more pairs are tied than before."""
    rows = [{"a": a, "b": b} for a, b in sorted({(min(p), max(p)) for p in pairs}) if a != b]
    met: Rows = []
    told: Rows = []
    untold: Rows = []
    for pair in steps.each("load/observed", rows):
        both = ties((_observation(o, sources) for o in pair["seen"]), as_of)
        ends = {"a": pair["a"], "b": pair["b"]}
        if both:
            (told if pair["tied"] else met).append(ends | {"there": both[0], "back": both[1]})
        elif pair["tied"]:
            untold.append(ends)
    exactly(steps, "load/meet", met)
    exactly(steps, "load/tie", told)
    steps.each("load/untie", untold)
    return len(met) - len(untold)


def _observation(row: Mapping[str, Any], sources: Mapping[str, Basis]) -> Observation:
    return Observation(
        row["uid"],
        row["kind"],
        row["value"],
        row["weight"],
        row["answered_share"],
        sources[row["source"]].reliability,
        row["reporter"],
        row["source"],
        row["forward"],
        _day(row["on"]),
        _day(row["until"]),
        row["audience"],
    )


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
