"""One line for the whole graph: equal where the records, observations and judgements are equal.

    graph_hash(graph) -> 64 hexadecimal digits

Every thing and everything between two things is a canonical line (labels or verb, uids, sorted
properties); the sha256 of each line is added up mod 2^256. A sum knows no order, so nothing is
sorted and nothing is held: memory stays flat however large the graph.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from neo4j.spatial import Point

from tieline.database.graph import Graph

# How the graph came about, not what it says; candidates and computed layouts can be had again, and
# `evidence` is what a judge had before them that day.
LABELS_LEFT_OUT = (
    *("Load", "Pulse", "Migration", "Field", "Ask", "Touched"),
    *("Candidate", "Retraction"),
)
PROPERTIES_LEFT_OUT = frozenset(
    (
        "load",
        "other_loads",
        "at",
        "evidence",
        "retrieved",
        "lock",
        "ease",
        "embedding",
        "position",
        "dense",
    )
)
WHOLE = 1 << 256


def graph_hash(graph: Graph) -> str:
    """The graph's hash now. Reads everything once, a page at a time."""
    total = 0
    for n in graph.stream("hash/nodes", without=list(LABELS_LEFT_OUT)):
        total += _digest(sorted(n["labels"]), _said(n["props"]))
    for x in graph.stream("hash/relationships", without=list(LABELS_LEFT_OUT)):
        ends = sorted(x["from_labels"]), x["from"], sorted(x["to_labels"]), x["to"]
        total += _digest(x["type"], *ends, _said(x["props"]))
    return f"{total % WHOLE:064x}"


def _digest(*parts: Any) -> int:
    line = orjson.dumps(parts, default=_plain, option=orjson.OPT_SORT_KEYS)
    return int.from_bytes(hashlib.sha256(line).digest())


def _said(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if name not in PROPERTIES_LEFT_OUT}


def _plain(value: Any) -> Any:
    """Points and the driver's dates, which JSON has not."""
    if isinstance(value, Point):
        return [value.srid, *value]
    return value.iso_format()
