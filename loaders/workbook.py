"""XLSX: sheets row by row, never the whole book. What would burst the reader is refused first.

The format is a zip of XML. Its declared sizes are added up before anything is inflated, and Python
inflates no member past what it declares; XML that declares a document type (the way to entities) is
refused here, and again by defusedxml, which openpyxl uses. A formula is read as the text it is.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl

from tieline.errors import BadInput
from tieline.loaders.read import Raw, Sheet, letter, named
from tieline.loaders.refusal import Refusal, Where, shown
from tieline.loaders.report import Notes
from tieline.loaders.values import blank

MEMBERS, INFLATED, TEXTS, RATIO = (
    10_000,
    4 << 30,
    512 << 20,
    250,
)  # zip members, bytes, bytes, times
LINES = 1_048_576  # as many as the format allows
_BROKEN = (KeyError, ValueError, IndexError, TypeError, EOFError, OSError, ParseError)


@contextmanager
def sheets(path: Path, notes: Notes, header: int | None = None) -> Iterator[Iterator[Sheet]]:
    """The sheets of a workbook, in order.

    Raises:
        BadInput: not a workbook, or one that would inflate without measure.
    """
    _guard(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, *_BROKEN) as error:
        raise _unreadable(path, error) from None
    try:
        with _mended(path):
            yield (_sheet(path, page, notes, header) for page in book.worksheets)
    finally:
        book.close()


@contextmanager
def _mended(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, *_BROKEN) as error:
        raise _unreadable(path, error) from None


def _guard(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
            if len(members) > MEMBERS or any(map(_bursting, members)):
                raise BadInput(
                    f"{path.name} would inflate to far more than it is. If it is meant to be so "
                    "large, save its sheets as CSV."
                )
            if sum(member.file_size for member in members) > INFLATED:
                raise BadInput(f"{path.name} inflates to over 4 GB. Save its sheets as CSV.")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _no_doctype(path, book, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise _unreadable(path, error) from None


def _bursting(member: zipfile.ZipInfo) -> bool:
    """Declared to be huge for its size, or a list of texts too long to hold."""
    if member.filename.endswith("sharedStrings.xml") and member.file_size > TEXTS:
        return True
    return member.file_size > 10 << 20 and member.file_size > RATIO * max(member.compress_size, 1)


def _no_doctype(path: Path, book: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with book.open(member) as stream:
        head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\x00!\x00" in head:
        raise BadInput(
            f"{path.name}: {member.filename} declares a document type, which no spreadsheet needs. "
            "Save it again from a spreadsheet program."
        )


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput(
        f"{path.name} is no readable workbook ({shown(error) or type(error).__name__}). "
        "Open it in a spreadsheet program and save it as .xlsx or CSV."
    )


def _sheet(path: Path, page: Any, notes: Notes, header: int | None) -> Sheet:
    """A sheet; its declared size is not believed: some declare one cell, some 1,024 columns."""
    total = max(page.max_row or 1, 1)
    page.reset_dimensions()
    rows = enumerate(page.iter_rows(values_only=True), 1)
    headings: list[str] = []
    for line, cells in rows:
        if line >= (header or 0) and any(not blank(cell, frozenset({""})) for cell in cells):
            headings = named(_trimmed(cells))
            break
    return Sheet(page.title, headings, _rows(path, page.title, rows, headings, notes, total))


def _trimmed(cells: Any) -> list[Any]:
    kept = list(cells)
    while kept and blank(kept[-1], frozenset({""})):
        kept.pop()
    return kept


def _rows(
    path: Path, title: str, rows: Iterator[Any], headings: list[str], notes: Notes, total: int
) -> Iterator[Raw | Refusal]:
    letters = {heading: letter(at) for at, heading in enumerate(headings)}
    for line, cells in rows:
        if line > LINES:
            raise ValueError(f"a row over {LINES:,}")
        if line % 64 == 0:
            notes.share = partial(min, line / total, 1.0)
        kept = _trimmed(cells)
        if not kept:
            continue
        values = dict(zip(headings, kept, strict=False))
        for at in range(len(headings), len(kept)):
            if not blank(kept[at]):
                letters.setdefault(f"(column {letter(at)})", letter(at))
                values[f"(column {letter(at)})"] = kept[at]
        yield Raw(Where(path.name, title, line), values, letters)
