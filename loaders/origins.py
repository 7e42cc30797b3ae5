"""Where each value of a thing comes from: the records that say it, which one won, and why.

The rules are compose's own, asked of the same records: most reliable source first, then newest,
then record uid; lists are unions. What the viewer may not read is left out, records and reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from tieline.loaders.compose import (
    NAME,
    NAMED,
    OWN_WORD_MARK,
    PROPERTIES,
    PROTECTING,
    Basis,
    Said,
    hearing,
)
from tieline.schema.consent import STEWARD
from tieline.schema.records import OWN_WORD, STATEMENT, Record

LISTS = ("also_known_as", "alt_labels")
NEVER = ("hidden_labels",)  # words to find it by, shown to nobody
# As in GraphQL; how many a project reached may be fewer than five: gaps tells what may be told.
STEWARDS = ("capacity", "reached")


@dataclass(frozen=True, slots=True)
class Voice:
    """A record that says something of a field. `counts`: the thing's value is made of it."""

    value: Any
    record: Record
    source: Basis
    counts: bool


def origins(
    records: Sequence[Record], sources: Mapping[str, Basis], visible: set[str], level: int
) -> Iterator[dict[str, Any]]:
    """Each field that the viewer may see: field, value, why, said [{value, record, ..., wins}].

    `visible`: uids of the records that the viewer may read. A value that only others say is
    shown without them, as the thing itself shows it.
    """
    kind, ordered, levels, heard = hearing(records, sources)
    counting = {record.uid for record, _ in heard}
    called = None
    for name in fields(kind, level):
        every = name in PROTECTING.get(kind, ())
        voices = [
            Voice(value, record, sources[record.source], every or record.uid in counting)
            for record, value in _said(kind, name, ordered)
            if name not in LISTS or value != called  # its other names, not the one it has
        ]
        if any(voice.counts for voice in voices):
            told = _field(name, voices, visible)
            called = told["value"] if name == NAME.get(kind, "name") else called
            yield told
    if "consent" in levels and level == STEWARD:
        yield _consent(levels, ordered, sources, visible)


def fields(kind: str, level: int) -> list[str]:
    """What a thing of this kind may say to a viewer of this level."""
    more = ("location",) if kind == "place" else PROTECTING.get(kind, ())
    names = [*PROPERTIES[kind], *more]
    return [n for n in names if n not in NEVER and (n not in STEWARDS or level == STEWARD)]


def _said(kind: str, name: str, ordered: Sequence[Said]) -> Iterator[tuple[Record, Any]]:
    """Every value that a record gives a field, best record first; blanks say nothing.

    Another name may be one record's name and another's "also known as".
    """
    lists = name in LISTS
    own = NAME.get(kind, "name")
    for record, held in ordered:
        values = held.get(name) if name != "location" else _point(held)
        found = list(values) if isinstance(values, list) else [values]
        if lists and name == ("alt_labels" if kind == "theme" else NAMED.get(kind)):
            found.append(held.get(own))
        for value in dict.fromkeys(v for v in found if v not in (None, "")):
            yield record, value


def _point(held: Mapping[str, Any]) -> str | None:
    """Both figures of one record, north first."""
    north, east = held.get("latitude"), held.get("longitude")
    return None if north is None or east is None else f"{north:g}, {east:g}"


def _field(name: str, voices: Sequence[Voice], visible: set[str]) -> dict[str, Any]:
    counted = [voice for voice in voices if voice.counts]
    shown = [voice for voice in voices if voice.record.uid in visible]
    lists = name in LISTS
    value = sorted({str(v.value) for v in counted}) if lists else counted[0].value
    return {
        "field": name,
        "value": value,
        "why": "all that is said, together" if lists else why(counted, visible),
        "said": [_told(voice, (lists and voice.counts) or voice is counted[0]) for voice in shown],
    }


def _told(voice: Voice, wins: bool) -> dict[str, Any]:
    return {
        "value": voice.value,
        "record": voice.record.uid,
        "source": voice.record.source,
        "reliability": voice.source.reliability,
        "date": voice.record.date or None,
        "counts": voice.counts,
        "wins": wins,
    }


def _consent(
    levels: Mapping[str, Any],
    ordered: Sequence[Said],
    sources: Mapping[str, Basis],
    visible: set[str],
) -> dict[str, Any]:
    """Who may see the name, and on whose word: their own, else the lowest that any basis gives."""
    value, rest = levels["consent"], levels.get("consent_rest", levels["consent"])
    own = {record.uid for record, held in ordered if _own_word(record, held)}
    said = [
        Voice(held["consent"], record, sources[record.source], not own or record.uid in own)
        for record, held in ordered
        if "consent" in held and record.uid in visible
    ]
    why = "their own word" if own else "the lowest that any source gives"
    why = why if said else "no source says: as is usual for its kind, or as wide as who names it"
    if rest < value:
        why = f"a public record names them; what is not public record is seen from {rest} on"
    told = [_told(voice, voice.value in (value, rest)) for voice in said]
    return {"field": "consent", "value": value, "why": why, "said": told}


def _own_word(record: Record, held: Mapping[str, Any]) -> bool:
    own = record.source.startswith(OWN_WORD) and OWN_WORD_MARK not in held
    return own and "consent" in held


def why(counted: Sequence[Voice], visible: set[str]) -> str:
    """Why the first of these won over the best of those that say otherwise."""
    best = counted[0]
    if best.record.uid not in visible:
        return "said by a source that is not yours to read"
    others = [v for v in counted if v.value != best.value and v.record.uid in visible]
    if not others:
        alike = sum(voice.record.uid in visible for voice in counted)
        return "the only one who says so" if alike == 1 else f"{alike} records say the same"
    rival = others[0]
    if best.source.reliability != rival.source.reliability:
        return (
            f"its source is more reliable: {best.source.reliability:g} "
            f"over {rival.source.reliability:g}"
        )
    if best.record.date != rival.record.date:
        return f"newer: {best.record.date} over {rival.record.date or 'no date'}"
    return "neither more reliable nor newer: first in the order of record ids"


def record(row: Mapping[str, Any]) -> Record:
    """From a row of queries/show/records.cypher."""
    said = row["record"]
    ids = tuple(sorted(said["ids"]))
    held = (said["uid"], said["kind"], said["source"], said["fields"], said["date"] or "", ids)
    return Record(*held, bool(said["branch"]))


def readable(row: Mapping[str, Any], level: int) -> dict[str, Any]:
    """The fields of a record (kind, source, fields) as this viewer may read them.

    Who may be named, how much they take on, how many were reached and what an observation came to
    are for stewards. What somebody answered when asked how a tie feels is for themselves alone, and
    so is all that they told Tieline of a tie.
    """
    own = str(row.get("source") or "").startswith(OWN_WORD)
    if own and row["kind"] == STATEMENT:
        return {}
    held: dict[str, Any] = orjson.loads(row["fields"])
    hidden = NEVER if level == STEWARD else (*NEVER, *STEWARDS, "consent", "entered_by")
    kept = {name: value for name, value in held.items() if name not in hidden}
    if "observed" in kept:
        kept["observed"] = [_observed(each, level) for each in kept["observed"]]
    return kept


def _observed(each: Mapping[str, Any], level: int) -> dict[str, Any]:
    told = level == STEWARD and each.get("kind") != "felt"
    return dict(each) if told else {"kind": each.get("kind")}
