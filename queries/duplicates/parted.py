"""What a judgement keeps apart, although an identifier, a rule or another judgement would join it.

Where the very records that were judged carry the identifier, whoever judged has spoken of it. Where
others carry it, or were judged the same, a union that held two said to differ was refused, and to
which of the two such a record belongs is anybody's guess: it is asked.
"""

import shlex
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tieline.queries.duplicates.same import SHARED, UNKNOWN, Carried, Thing, against
from tieline.schema.identifiers import SCHEMES, Scheme, scheme

Row = dict[str, Any]
Two = Sequence[str]
NO_SCHEME = Scheme("", 50, "", "", "")
VERDICTS = ("same", "unsure")
INSIDE = {"name": "one name at their source", "local": "one id of their source's own"}


def parted(
    found: Iterable[Row], judged: Iterable[Row], commands: bool
) -> dict[frozenset[str], Row]:
    """By the uids of two things: a row of `duplicates` with `asked`, whether it is open.

    `found`: as duplicates/parted gives it; `judged`: every word on what is one thing; `commands`:
    whether the viewer may put it right.
    """
    words: dict[frozenset[str], list[Row]] = defaultdict(list)
    for each in judged:
        words[frozenset((each["left_uid"], each["right_uid"]))].append(each)
    rows = {}
    for each in found:
        two = frozenset((each["left_uid"], each["right_uid"]))
        row = _row(each, words[two], commands)
        if row["reasons"]:
            rows[two] = row
    return rows


def _row(found: Row, words: Sequence[Row], commands: bool) -> Row:
    left, right = (
        Thing(found[uid], "", "", (), tuple(Carried(*each) for each in held))
        for uid, held in zip(("left_uid", "right_uid"), found["held"], strict=True)
    )
    said = {w: [(x["left"], x["right"]) for x in words if x["verdict"] == w] for w in VERDICTS}
    apart = sorted(map(tuple, found["judged"]))
    texts, links = [], [two for two in said["same"] if two not in apart]
    texts += [_despite(apart[0], two, commands) for two in links]
    for identifier in _shared(left, right):
        ends = left.records([identifier]), right.records([identifier])
        carriers = {*ends[0], *ends[1]}
        spoken = [two for two in apart if carriers >= set(two)]
        link = (ends[0][0], ends[1][0])
        if spoken:
            texts.append(_direct(spoken[0], identifier, commands))
        elif not against(left, right):
            texts.append(_through(apart[0], link, identifier, commands))
            links += [] if any(carriers >= set(two) for two in said["unsure"]) else [link]
    return {
        "left_uid": left.uid,
        "right_uid": right.uid,
        "record_uids": sorted(links[0] if links else apart[0]),
        "kind": "same_record",
        "weight": SHARED if links else 0.0,
        "reasons": [{"text": text, "weight": None} for text in texts],
        "asked": bool(links),
    }


def _shared(left: Thing, right: Thing) -> list[str]:
    """What both carry, the strongest first; a name joins only what has no other identifier."""
    mine, theirs = ({each.identifier for each in thing.carried} for thing in (left, right))
    anchored = all(any(not _known(each).weak for each in held) for held in (mine, theirs))
    shared = [each for each in mine & theirs if not (anchored and _known(each).weak)]
    return sorted(shared, key=lambda identifier: (_known(identifier).rank, identifier))


def _known(identifier: str) -> Scheme:
    return SCHEMES.get(scheme(identifier), NO_SCHEME)


def _direct(apart: Two, identifier: str, commands: bool) -> str:
    one, other = apart
    text = f"Left apart: {one} and {other} carry {_called(identifier)}, but were judged different."
    return f"{text} To make them one: {_judge(apart)}." if commands else text


def _through(apart: Two, link: Two, identifier: str, commands: bool) -> str:
    text = (
        f"Left apart: {apart[0]} and {apart[1]} were judged different, yet {link[0]} and {link[1]} "
        f"carry {_called(identifier)}."
    )
    mend = f"If they are two as well: {_judge(link, 'different')}; if all are one: {_judge(apart)}."
    return f"{text} {mend}" if commands else text


def _despite(apart: Two, link: Two, commands: bool) -> str:
    text = (
        f"Left apart: {apart[0]} and {apart[1]} were judged different, yet {link[0]} and {link[1]} "
        "were judged the same."
    )
    return f"{text} Take one back: {_judge(link)} or {_judge(apart)}." if commands else text


def _called(identifier: str) -> str:
    """As people read it: a source's own ids and names are not shown as they are kept."""
    return INSIDE.get(scheme(identifier), identifier)


def _judge(two: Two, verdict: str = "none") -> str:
    return f"`tieline review --judge {shlex.quote(two[0])} {shlex.quote(two[1])} {verdict}`"


def amended(rows: Iterable[Row], kept: dict[frozenset[str], Row]) -> list[Row]:
    """The rows of which some are kept apart, with what is said of that."""
    return [_amended(row, kept.get(frozenset((row["left_uid"], row["right_uid"])))) for row in rows]


def _amended(row: Row, more: Row | None) -> Row:
    if more is None:
        return row
    known = [each for each in row["reasons"] if each["text"] != UNKNOWN]
    asked = {name: more[name] for name in ("record_uids", "asked")} if more["asked"] else {}
    return row | {"reasons": [*known, *more["reasons"]]} | asked
