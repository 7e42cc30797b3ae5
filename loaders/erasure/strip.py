"""A row without those who were erased: what it says of others stands.

It is None where it is theirs, or says nothing that is not of them. Where their name stands in the
row's own words it is taken out; what names them in other rows' words is not known here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import orjson

from tieline.schema.records import STATEMENT, Record, Row, dump

WITHHELD = "[name withheld]"
NAMES = ("name", "also_known_as")


def stripped(row: Row, erased: Callable[[Record], bool]) -> Row | None:
    """The row itself where it speaks of nobody erased."""
    if erased(row.record):
        return None
    gone = {role: mention for role, mention in row.mentions.items() if erased(mention)}
    if not gone:
        return row
    lost = {mention.uid for mention in gone.values()}
    edges = [edge for edge in row.edges if lost.isdisjoint(_about(edge))]
    if row.record.kind == STATEMENT and not edges:
        return None
    fields = withheld(orjson.loads(row.record.fields), names(gone.values()))
    left = {role: mention for role, mention in row.mentions.items() if role not in gone}
    return Row(replace(row.record, fields=dump(fields)), left, edges)


def _about(edge: Any) -> set[Any]:
    return {edge.from_record, edge.to_record, dict(edge.props).get("reporter")}


def names(records: Iterable[Record]) -> list[str]:
    """What they are called, the longest first."""
    found: set[str] = set()
    for fields in (orjson.loads(record.fields) for record in records):
        for value in (fields.get(name) for name in NAMES):
            found |= set(value if isinstance(value, list) else [value] if value else [])
    return sorted(found, key=lambda name: (-len(name), name))


def withheld(value: Any, called: Iterable[str]) -> Any:
    """The same without these names, as whole words in whatever case."""
    words = "|".join(re.escape(name) for name in called)
    if not words:
        return value
    return _without(value, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(WITHHELD, value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {name: _without(each, pattern) for name, each in value.items()}
    return value
