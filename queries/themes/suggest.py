"""Which themes may a project or an organisation work on, by vocabularies' own rules?

Suggestions, never facts: nothing is written until somebody says that one is right. Each tells the
words that answered, how often the rule is right (measured.py) and on what that rests.
"""

import heapq
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside, step
from tieline.queries.resolve.seen import must_see
from tieline.queries.themes.measured import NAME, TEXT, measured
from tieline.queries.themes.reach import each_within, within
from tieline.queries.themes.rules import SHOWN, Rules

LEAST = 0.5  # of confidence: as likely right as not
MOST = 5_000  # suggestions that are kept, the surest
PAGE = 2_000  # texts read at once
LOADED = "tieline load FOLDER --source ukcat"
_kept: Kept["Found"] = Kept(8)


@dataclass(frozen=True, slots=True)
class Text:
    """What a thing is called and says of itself, the themes it has and those it was said not to."""

    uid: str
    name: str | None
    text: str | None
    themes: Sequence[str]
    refused: Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The surest suggestions, how many there are, and what was looked at."""

    rows: list[dict[str, Any]]
    total: int
    things: int
    written: int
    bad: Mapping[str, str]
    rules: int


async def suggestions(
    reader: Reader, thing: str | None = None, theme: str | None = None, least: float = LEAST
) -> dict[str, Any]:
    """What may be about what, the surest first. `thing`, `theme`: uids; only of this.

    Returns `rows` [{thing_uid, theme_uid, words, confidence (None: nobody measured the rule),
    reason, source_slugs}], at most MOST; `total`; `note` where there is nothing or a rule cannot be
    used; `uncertainty`; `coverage`, `graph_version`.

    Raises:
        NotFound: a thing or theme that the viewer may not see.
        WrongUse: a confidence that is none.
    """
    if not 0 <= least <= 1:
        raise WrongUse(f"A confidence lies between 0 and 1: {least} does not.")
    await must_see(reader, *filter(None, [thing, theme]))
    key = await Key.of(reader, "theme suggestions", thing=thing, theme=theme, least=least)
    found = await _kept.get(key, lambda: _find(reader, thing, theme, least))
    return {
        "rows": [dict(row) for row in found.rows],
        "total": found.total,
        "note": _note(found, least),
        "uncertainty": UNCERTAIN,
        "coverage": await coverage(reader),
        "graph_version": key.version,
    }


UNCERTAIN = (
    "A confidence is the share of texts tagged by hand, of those the rule answers, that people "
    "gave the theme: charities of a register, in their own words. Of other texts it may be another."
)


async def _find(reader: Reader, thing: str | None, theme: str | None, least: float) -> Found:
    written = await reader.pages("themes/rules")
    if theme is not None:
        inside = set(await within(reader, theme) or ())
        written = [each for each in written if each["uid"] in inside]
    rules = Rules(written)
    told = {each["uid"]: each for each in written}
    covered = await each_within(reader, told)
    best: list[tuple[float, str, str, dict[str, Any]]] = []
    total = things = texts = 0
    async for page in _texts(reader, thing) if told else _none():
        rows = await aside(_suggested, page, rules, told, covered)
        rows = [row for row in rows if _sure(row, least)]
        things, texts = things + len(page), texts + sum(bool(each.text) for each in page)
        total += len(rows)
        best = heapq.nsmallest(MOST, [*best, *(_ranked(row) for row in rows)])
    kept = [row for *_, row in best]
    return Found(kept, total, things, texts, rules.bad, len(rules.rules))


async def _none() -> AsyncIterator[list[Text]]:
    return
    yield


async def _texts(reader: Reader, thing: str | None) -> AsyncIterator[list[Text]]:
    """Every project, then every organisation, page by page."""
    ids = [thing] if thing else None
    for statement in ("themes/projects", "themes/organisations"):
        after = ""
        while True:
            page = await reader.pages(statement, after=after, limit=PAGE, ids=ids)
            if page:
                yield [Text(*each) for each in page]
            if len(page) < PAGE:
                break
            after = page[-1][0]


def _suggested(
    page: Sequence[Text],
    rules: Rules,
    told: Mapping[str, Mapping[str, Any]],
    covered: Mapping[str, set[str]],
) -> list[dict[str, Any]]:
    rows = []
    for at, each in enumerate(page):
        if at % 50 == 0:
            step("looking for themes", at, len(page))
        have = {*each.themes, *each.refused}
        in_name = rules.find(each.name or "")
        found = rules.find(f"{each.name or ''} {each.text}") if each.text else in_name
        for uid, words in found.items():
            if not have & covered[uid]:
                rows.append(row(each.uid, told[uid], words, NAME if uid in in_name else TEXT))
    return rows


def row(thing: str, theme: Mapping[str, Any], words: Sequence[str], where: str) -> dict[str, Any]:
    """A suggestion as it is told."""
    scheme, code = theme["scheme"] or "", theme["code"] or ""
    sure = measured().confidence(scheme, code, where)
    quoted = ", ".join(f'"{word}"' for word in words[:SHOWN])
    return {
        "thing_uid": thing,
        "theme_uid": theme["uid"],
        "words": list(words[:SHOWN]),
        "confidence": sure,
        "reason": (
            f"It says {quoted}, as {scheme}'s rule for {theme['label']!r} looks for. "
            f"{measured().said(scheme, code, where)}"
        ),
        "source_slugs": theme["sources"],
    }


def _sure(row: Mapping[str, Any], least: float) -> bool:
    """What nobody measured is told only where any confidence will do."""
    return least == 0 if row["confidence"] is None else row["confidence"] >= least


def _ranked(row: dict[str, Any]) -> tuple[float, str, str, dict[str, Any]]:
    sure = -1.0 if row["confidence"] is None else row["confidence"]
    return -sure, row["thing_uid"], row["theme_uid"], row


def _note(found: Found, least: float) -> str | None:
    said = []
    if not found.rules:
        said.append(
            "No vocabulary here has rules by which its themes are found in a text. UK-CAT has: "
            f"{LOADED} brings them."
        )
    elif not found.rows:
        lower = " with a lower confidence (--least 0.2)" if least > 0.2 else " of others"
        said.append(
            f"Nothing to suggest: {found.things:,} looked at, {found.written:,} of them with a "
            f"text of their own. Ask{lower}, or load what they say of themselves."
        )
    if found.bad:
        said.append(f"Of {len(found.bad):,} themes the rule cannot be used.")
    if found.total > len(found.rows):
        said.append(f"The surest {len(found.rows):,} of {found.total:,} are told.")
    return " ".join(said) or None
