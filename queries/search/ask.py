"""Find people, organisations, projects, places and themes by any of their names."""

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import orjson

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.resolve.seen import must_see
from tieline.queries.search.rank import EXACT, OTHER, lucene, score, words
from tieline.queries.themes.reach import CLOSE, around, within
from tieline.queries.themes.reach import EXACT as SAME_THING

LABEL = {
    "person": "Person",
    "organisation": "Organisation",
    "network": "Network",
    "project": "Project",
    "place": "Place",
    "theme": "Theme",
}
LONGEST = 200  # characters of a search
SAID = {SAME_THING: 0.65, CLOSE: 0.55}  # of another vocabulary's word: behind all the words


async def search(
    reader: Reader,
    text: str,
    kinds: Sequence[str] | None = None,
    place: str | None = None,
    theme: str | None = None,
    first: int = 20,
    beside: str | None = None,
    back: bool = False,
) -> dict[str, Any]:
    """What carries all the words of `text`; if nothing does, what carries some of them.

    Of a theme so called, other vocabularies' words for it too, behind what carries the words.
    Returns `rows` [{uid, kind, name, score, matched (the name that matched), through (how another
    vocabulary's word led here, or None), cursor}] best first, equal scores by uid; `total`,
    `has_next`, `has_previous`. Everything counted is visible to the viewer. `first` of them behind
    the cursor `beside`; or, if `back`, the last so many before it.

    Raises:
        WrongUse: no word to look for, too long a text, an unknown kind or cursor.
    """
    start = _start(beside)
    rows = await found(reader, text, kinds, place, theme)
    if place is None and theme is None:
        rows = sorted([*rows, *await in_other_words(reader, rows)], key=_key)
    begin, end = _bounds(rows, first, start, back)
    page = [row | {"cursor": _cursor(row)} for row in rows[begin:end]]
    more = {"has_next": end < len(rows), "has_previous": begin > 0}
    return {"rows": page, "total": len(rows)} | more


def _bounds(
    rows: Sequence[dict[str, Any]], many: int, start: tuple[float, str] | None, back: bool
) -> tuple[int, int]:
    """From where to where of the rows, which are in order, a page goes."""
    if start is None:
        end = len(rows) if back else min(many, len(rows))
        return (max(0, end - many), end) if back else (0, end)
    keys = [_key(row) for row in rows]
    if back:
        end = bisect_left(keys, start)
        return max(0, end - many), end
    begin = bisect_right(keys, start)
    return begin, min(begin + many, len(rows))


async def found(
    reader: Reader,
    text: str,
    kinds: Sequence[str] | None = None,
    place: str | None = None,
    theme: str | None = None,
) -> list[dict[str, Any]]:
    """Everything that answers, best first: {uid, kind, name, score, matched}."""
    check(text)
    labels = [_label(kind) for kind in kinds or LABEL]
    themes = await within(reader, theme)
    for joined in ("AND", "OR"):
        page = await reader.pages(
            "search/candidates",
            words=lucene(text, joined),
            labels=labels,
            place=place,
            themes=themes,
        )
        if page:
            return _ranked(text, page)
    return []


async def in_other_words(reader: Reader, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What other vocabularies call the themes among these that are called just so."""
    called = {
        row["uid"]: row
        for row in rows
        if row["kind"] == "theme" and row["score"] >= EXACT - OTHER - 1e-9
    }
    reached = await around(reader, called) if called else {}
    words = [w for w in reached.values() if w.way in SAID and w.uid not in {r["uid"] for r in rows}]
    known = await must_see(reader, *(word.uid for word in words))
    return [
        {
            "uid": word.uid,
            "kind": "theme",
            "name": known[word.uid]["name"],
            "score": SAID[word.way],
            "matched": called[word.steps[0].start]["matched"],
            "through": ", ".join(step.predicate or "" for step in word.steps),
        }
        for word in words
    ]


def _ranked(text: str, page: Sequence[tuple[str, str, list[str], str]]) -> list[dict[str, Any]]:
    ranked = []
    for uid, name, others, kind in page:
        if answer := score(text, name or "", others):
            value, matched = answer
            row = {"uid": uid, "kind": kind, "name": name, "score": value, "matched": matched}
            row["through"] = None
            ranked.append(row)
    return sorted(ranked, key=_key)


def _key(row: dict[str, Any]) -> tuple[float, str]:
    return -row["score"], row["uid"]


def check(text: str) -> None:
    """
    Raises:
        WrongUse: no word to look for, or too long a text.
    """
    if len(text) > LONGEST:
        raise WrongUse(f"A search is at most {LONGEST} characters: this one has {len(text)}.")
    if not words(text):
        raise WrongUse("Say what to look for: a name, or part of one.")


def _label(kind: str) -> str:
    if kind not in LABEL:
        raise WrongUse(f"There is no kind {kind!r}: ask for one of {', '.join(LABEL)}.")
    return LABEL[kind]


def _cursor(row: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(_key(row))).decode()


def _start(cursor: str | None) -> tuple[float, str] | None:
    if cursor is None:
        return None
    try:
        value, uid = orjson.loads(base64.urlsafe_b64decode(cursor))
        return float(value), str(uid)
    except (ValueError, TypeError):
        raise WrongUse(
            "That cursor is not one of this search: use the `endCursor` of its last page."
        ) from None
