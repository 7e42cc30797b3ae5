"""What a Kumu file holds: elements and connections, from its sheets, sections or lists.

Sheets called "(ignore)" are left; two blank rows start a new section with headings of its own.
Every row's fields are given by their names in small letters, whatever the file calls them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieline.loaders import document, read
from tieline.loaders.read import Raw, Sheet
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.values import blank

ELEMENTS, CONNECTIONS = "elements", "connections"
DRAWN = ("loops", "maps")  # of a project's export: how it is drawn, not what is said
NAMES = {"element type": "type", "connection type": "type", "_id": "id"}
_KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".json")
_REASON = "two blank rows begin a new section, and this one does not begin with headings"
_MEND = "Close the gap, or write headings under it: Label, or From and To."


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of elements or of connections."""

    sort: str
    raw: Raw | Refusal


def files(folder: Path) -> list[Path]:
    """The files of a folder that may hold elements or connections."""
    return sorted(path for path in folder.iterdir() if path.suffix.casefold() in _KINDS)


def sort(headings: list[str]) -> str | None:
    """What rows under these headings are, if they are Kumu's at all."""
    plain = {heading.casefold() for heading in headings}
    if {"from", "to"} <= plain:
        return CONNECTIONS
    return ELEMENTS if "label" in plain else None


def begins(headings: list[str]) -> bool:
    """Headings in the order that Kumu asks for: a table of another make may have From and To."""
    plain = [heading.casefold() for heading in headings]
    plain = plain[1:] if plain[:1] == ["id"] else plain
    return plain[:1] == ["label"] or plain[:2] == ["from", "to"]


def pieces(path: Path, notes: Notes) -> Iterator[Piece]:
    """Every row of a file, or of every file of a folder."""
    for each in files(path) if path.is_dir() else [path]:
        yield from _lists(each, notes) if read.shape(each) == "json" else _sheets(each, notes)


def _lists(path: Path, notes: Notes) -> Iterator[Piece]:
    for name in (ELEMENTS, CONNECTIONS):
        for raw in document.items(path, name, notes):
            yield Piece(name, raw if isinstance(raw, Refusal) else _flat(raw))
            if isinstance(raw, Refusal) and raw.field == "(file)":
                return  # broken off: the other lists break off there as well
    for name in DRAWN:
        if count := sum(1 for _ in document.items(path, name, Notes())):
            notes.left[name] += count


def _flat(raw: Raw) -> Raw:
    inner = raw.values.get("attributes")
    held = raw.values | (inner if isinstance(inner, dict) else {})
    held.pop("attributes", None)
    named = {NAMES.get(key.casefold(), key.casefold()): value for key, value in held.items()}
    return Raw(raw.where, named, {}, raw.remarks)


def _sheets(path: Path, notes: Notes) -> Iterator[Piece]:
    with read.sheets(path, notes, loose=True) as pages:
        for page in pages:
            if "(ignore)" in (page.name or "").casefold():
                notes.say(f"sheet {page.name} left, as its name asks")
            elif sort(page.headings) is None and page.name is not None:
                notes.say(f"sheet {page.name} left: it has no Label, nor From and To")
            else:
                yield from _sections(page)


def _sections(page: Sheet) -> Iterator[Piece]:
    headings, found, end = page.headings, sort(page.headings), None
    for raw in page.rows:
        if isinstance(raw, Refusal):
            yield Piece(found or ELEMENTS, raw)
            end = raw.where.line
            continue
        begin = raw.where.line or 0
        cells = _cells(raw)
        if end is not None and begin - end > 2:
            headings, found = read.named(cells), sort(read.named(cells))
            end = begin
            if found:
                continue
        end = begin + max((str(cell).count("\n") for cell in cells), default=0)
        if found:
            yield Piece(found, _under(raw, headings, cells))
        else:
            yield Piece(ELEMENTS, Refusal(raw.where, "(row)", str(cells[0] or ""), _REASON, _MEND))


def _cells(raw: Raw) -> list[Any]:
    """The cells by column, whatever headings they were read under."""
    at = {read.column(raw.letters[name]): value for name, value in raw.values.items()}
    return [at.get(number) for number in range(max(at, default=-1) + 1)]


def _under(raw: Raw, headings: list[str], cells: list[Any]) -> Raw:
    values: dict[str, Any] = {}
    letters: dict[str, str] = {}
    shown: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for number in range(max(len(cells), len(headings))):
        cell = cells[number] if number < len(cells) else None
        name = headings[number] if number < len(headings) else f"(column {read.letter(number)})"
        plain = NAMES.get(name.casefold(), name.casefold())
        letters[plain] = origin[name] = read.letter(number)
        shown[name] = cell
        if not blank(cell, frozenset({""})):
            values[plain] = cell
    return Raw(raw.where, values, letters, raw.remarks, Raw(raw.where, shown, origin))
