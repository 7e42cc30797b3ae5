"""Rows as they stand in the graph, whole: record, mentions, and what they said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tieline.database.graph import Steps
from tieline.schema.records import Edge, Row, recorded

KEPT = ("uid", "source", "record", "from_record", "to_record", "audience", "said")


@dataclass(frozen=True, slots=True)
class Stands:
    """A row, and the uids of the Loads that say it; own words have none."""

    row: Row
    loads: tuple[str, ...]


def whole(steps: Steps, uids: Iterable[str]) -> list[Stands]:
    """The rows that are these records, or speak of them."""
    found = steps.run("erasure/rows", uids=sorted(uids))
    return [_stands(each) for each in found]


def _stands(found: Mapping[str, Any]) -> Stands:
    mentions = {each["role"]: recorded(each) for each in found["mentions"]}
    row = Row(recorded(found["row"]), mentions, [_edge(each) for each in found["edges"]])
    return Stands(row, tuple(load for load in found["loads"] if load))


def _edge(found: Mapping[str, Any]) -> Edge:
    """The other way round than `evidence.kept`: what the row said, and no more."""
    held = dict(found["props"])
    said = {name: value for name, value in held.items() if name not in KEPT}
    if said.get("reporter") == held["record"]:
        del said["reporter"]
    if "said" in held:
        said["audience"] = held["said"]
    ends = (held["from_record"], held["to_record"], held["record"])
    return Edge(found["verb"], *ends, tuple(sorted(said.items())))
