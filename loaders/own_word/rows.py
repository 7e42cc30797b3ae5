"""Rows of own words: a new one a day and answer, the day's earlier ones superseded but kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from tieline.database.graph import Steps
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.schema.records import OWN_WORD, STATEMENT, Record, Row, dump, recorded

SUPERSEDED = "superseded"


def heading(slug: str, *parts: str) -> str:
    """How the uids of rows about one matter begin."""
    return f"{slug}:{'/'.join(parts)}/"


def standing(steps: Steps, prefixes: Iterable[str]) -> list[Row]:
    """The rows under these headings as they were written, by uid; without their edges."""
    found = steps.run("load/own_rows", uids=sorted(prefixes))
    return [_row(each["row"], each["mentions"]) for each in found]


def _row(row: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> Row:
    return Row(recorded(row), {each["role"]: recorded(each) for each in mentions})


def fields(row: Row) -> dict[str, Any]:
    """What a row says."""
    said: dict[str, Any] = orjson.loads(row.record.fields)
    return said


def superseded(row: Row, day: str, more: Mapping[str, Any] | None = None) -> Row:
    """The same row, kept, but saying nothing any more: something later was said."""
    held = fields(row)
    said = {"said": held.get("said", held), SUPERSEDED: day} | dict(more or {})
    old = row.record
    return Row(Record(old.uid, STATEMENT, old.source, dump(said), old.date), row.mentions)


def stands(row: Row) -> bool:
    return SUPERSEDED not in fields(row)


def number(rows: Iterable[Row], prefix: str) -> str:
    """The uid of the next row under a heading."""
    taken = [int(row.record.uid.removeprefix(prefix).partition("/")[0]) for row in rows]
    return f"{prefix}{max(taken, default=0) + 1:03d}"


def write(steps: Steps, rows: Iterable[Row], gone: Iterable[str] = ()) -> bool:
    """Let them stand, by the very pipeline of a load, and the gone not. Whether anything changed.

    Rows of one who spoke under several names go each to the source of its own.
    """
    said: dict[str, list[Said]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.record.uid):
        said[row.record.source].append(Said(row))
    left: dict[str, list[str]] = defaultdict(list)
    for uid in sorted(gone):
        left[source_of(uid)].append(uid)
    written = [
        apply(steps, slug, said[slug], left[slug]).written for slug in sorted({*said, *left})
    ]
    return any(written)


def source_of(uid: str) -> str:
    """The slug of an own-word row: all before its local id, though it holds a colon itself."""
    return OWN_WORD + uid.removeprefix(OWN_WORD).partition(":")[0]
