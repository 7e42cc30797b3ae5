"""Which one is meant: an id of any form, or a name that only one carries."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import Ambiguous
from tieline.queries.resolve.seen import unknown
from tieline.queries.search.ask import found
from tieline.queries.search.rank import BEGINNINGS, EXACT, OTHER, words
from tieline.queries.themes.reach import EXACT as EXACT_MATCH
from tieline.queries.themes.reach import SAME, around
from tieline.schema.identifiers import identifier

SHOWN = 10  # candidates listed


async def find(reader: Reader, text: str, kinds: Sequence[str] | None = None) -> str:
    """The uid of what `text` means: a uid, the handle of any of its records, a Relay global id, a
    registered number such as GB-CHC-1090095, or a name (exact but for case and accents first, then
    all the words) that only one carries.

    Raises:
        NotFound: nothing the viewer may see; what is hidden and what never was read the same.
        Ambiguous: several carry the name; lists them with their ids.
    """
    text = text.strip()
    rows = await reader.rows("resolve/known", ids=[text, *_decoded(text)])
    rows = [row for row in rows if kinds is None or _among(row["kind"], kinds)]
    if rows:
        return str(rows[0]["uid"])
    if number := identifier(text):
        rows = await reader.rows("resolve/identified", id=number)
        if rows := [row for row in rows if kinds is None or _among(row["kind"], kinds)]:
            return _only(text, rows)
    named = await found(reader, text, kinds) if words(text) else []
    for least in (EXACT, EXACT - OTHER, BEGINNINGS - OTHER):
        if matches := [row for row in named if row["score"] >= least - 1e-9]:
            return await _same(reader, matches) or _only(text, matches)
    raise unknown(text)


def _among(kind: str, kinds: Sequence[str]) -> bool:
    """A network is an organisation too."""
    return kind in kinds or (kind == "network" and "organisation" in kinds)


def _decoded(text: str) -> list[str]:
    """The uid inside a Relay global id: base64 of 'Person:p-...'."""
    try:
        kind, _, uid = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return []
    return [uid] if kind.isalpha() and uid else []


async def _same(reader: Reader, rows: Sequence[dict[str, Any]]) -> str | None:
    """One of several themes that vocabularies say to be exactly the same: any stands for all."""
    if len(rows) == 1 or any(row["kind"] != "theme" for row in rows):
        return None
    reached = await around(reader, [rows[0]["uid"]])
    same = {uid for uid, word in reached.items() if word.way in (SAME, EXACT_MATCH)}
    uids = {row["uid"] for row in rows}
    return str(min(uids)) if uids <= same else None


def _only(text: str, rows: Sequence[dict[str, Any]]) -> str:
    if len(rows) == 1:
        return str(rows[0]["uid"])
    shown = [(row["uid"], row["name"], row["kind"]) for row in rows[:SHOWN]]
    more = f", and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    said = "; ".join(f"{name} ({kind}, {uid})" for uid, name, kind in shown)
    raise Ambiguous(f"{len(rows)} answer to {text!r}: {said}{more}. Ask by id.", shown)
