"""Ties: what all that is observed of a pair says, as of the graph's one date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.compose import Basis
from tieline.loaders.exact import exactly
from tieline.schema.ties import observed, ties

Pair = tuple[str, str]  # actors' uids, the lower first
Rows = list[dict[str, Any]]
Seen = dict[Pair, Rows]  # observations of each pair, `forward` where the first is the start


@dataclass(frozen=True, slots=True)
class Around:
    """What a batch has to know of the whole graph."""

    sources: Mapping[str, Basis]
    as_of: date


def derive(steps: Steps, pairs: Iterable[Pair], around: Around, news: Seen | None = None) -> int:
    """Write both ties of each of these pairs anew. How many more pairs are tied than before.

    `news`: all that is observed of pairs that were not there before; of the others it is read.
    """
    news = news or {}
    asked = sorted({(min(p), max(p)) for p in pairs} - news.keys())
    found = steps.each("load/observed", [{"a": a, "b": b} for a, b in asked if a != b])
    found += [
        {"a": pair[0], "b": pair[1], "tied": False, "seen": news[pair]}
        for pair in sorted(news)
        if pair[0] != pair[1]
    ]
    met: Rows = []
    told: Rows = []
    untold: Rows = []
    for pair in found:
        both = ties(
            (observed(o, around.sources[o["source"]].reliability) for o in pair["seen"]),
            around.as_of,
        )
        ends = {"a": pair["a"], "b": pair["b"]}
        if both:
            (told if pair["tied"] else met).append(ends | {"there": both[0], "back": both[1]})
        elif pair["tied"]:
            untold.append(ends)
    exactly(steps, "load/meet", met)
    exactly(steps, "load/tie", told)
    steps.each("load/untie", untold)
    return len(met) - len(untold)
