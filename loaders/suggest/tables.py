"""A table's kind, and which of its columns is which field: the best guess, with its reason."""

import re
from pathlib import Path
from typing import Any

from tieline.loaders import values
from tieline.loaders.suggest import fields, words
from tieline.loaders.suggest.columns import Column, Sheet
from tieline.loaders.suggest.parts import Reading, Table, bare


def guess(path: Path, sheet: Sheet, slug: str, several: bool) -> Table:
    """One table of the mapping."""
    usable, left = [], []
    for column in sheet.columns:
        reason = _unwanted(column)
        if reason:
            left.append((column.name, reason))
        else:
            usable.append(column)
    stem = sheet.name if several and sheet.name else path.stem
    tie = _tie(usable)
    kind, why = ("tie", "one column says who, another whom") if tie else _kind(usable, stem)
    name = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or kind
    table = Table(name, kind, why, path.name, sheet.name if several else None, sheet.header)
    table.left = left
    reading = Reading(usable, kind)
    how = fields.tie if tie else fields.thing
    if kind == "theme" and _gives_themes(reading):
        table.kind, table.why, how = (
            "relationship",
            "themes repeat beside another's ids",
            fields.tagged,
        )
    how(table, reading, slug)
    table.left += [(each.name, "not guessed what it is") for each in reading.free]
    return table


def _gives_themes(reading: Reading) -> bool:
    """No list of themes, but of what is on them: one and the same theme stands in many rows."""
    about, own = reading.called(words.NAMES["theme"]), fields.references(reading)
    return bool(about and own and own.distinct > 2 * about.distinct)


def _unwanted(column: Column) -> str | None:
    if not column.cells:
        return "empty"
    if bare(column.plain) in words.CONTACT or {"email", "phone", "telephone"} & set(column.words):
        return "contact details are not loaded"
    if column.fits(lambda value: "@" in str(value) and " " not in str(value), 0.5):
        return "e-mail addresses are not loaded"
    return None


def _tie(columns: list[Column]) -> bool:
    """Two columns that name two people or groups, and neither a name nor a money column."""
    reading = Reading(columns)
    start, end = reading.take(words.FROM), reading.take(words.TO)
    if not start or not end or start.fits(_dated) or end.fits(_dated):
        return False
    return reading.called(("title", "amount", "name")) is None


def _dated(value: Any) -> str:
    return values.day(value)


def _kind(columns: list[Column], stem: str) -> tuple[str, str]:
    """By the words of the file's (or sheet's) name, then by those of its headings."""
    plain = Column(stem).words
    scores = {kind: 0 for kind in words.KINDS}
    for kind, known in words.KINDS.items():
        scores[kind] += 4 * any(word in known for word in plain)
        for column in columns:
            scores[kind] += any(f" {word} " in f" {column.plain} " for word in known)
    first = columns[0].plain if columns else ""
    for kind, known in words.KINDS.items():
        scores[kind] += 2 * any(word in first.split() for word in known)
    if {"role", "pronouns", "surname"} & {word for c in columns for word in c.words}:
        scores["person"] += 2
    headings = {column.plain for column in columns}
    if headings & {"name", "full name"} and headings & set(words.WORKS_FOR):
        scores["person"] += 4  # whose name it is works for whom another column names
    best = max(scores, key=lambda kind: scores[kind])
    if not scores[best]:
        return "organisation", "nothing says what its rows are: organisations are a guess"
    return best, "as its name and headings sound"
