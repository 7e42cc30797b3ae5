"""Refusals as a workbook that a partner's own staff can open, mend and send back.

Of a table: each refused row as it stands in the file, its refused cells coloured, and before it the
line, what is wrong and how to mend it. Of JSON, and where a row could not be told apart: its place,
field, value, reason and how to mend it. Written row by row, so that memory stays flat.

Whatever a partner wrote is text: a cell that begins with `=`, `+`, `-` or `@` is never a formula,
here or after it has been saved as CSV and opened again.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from tieline.loaders.refusal import Refusal, printable

LINES = 1_000_000  # of a sheet; the format allows 1,048,576
LETTERS = 32_767  # of a cell
TITLE = 31  # letters of a sheet's name
FIRST = ("line", "what is wrong", "how to mend it")
PLACED = ("file", "place", "field", "value", "what is wrong", "how to mend it")
WIDTHS = (8, 50, 50)
REFUSED = PatternFill("solid", fgColor="FFFFC7CE")
HEAD = PatternFill("solid", fgColor="FFE7E6E6")
WRAPPED = Alignment(wrap_text=True, vertical="top")
RISKY = ("=", "+", "-", "@", "\t", "\r")


class Spreadsheet:
    """A workbook of refusals at a path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = Workbook(write_only=True)
        self._pages: dict[tuple[str, ...], _Page] = {}

    def add(self, refusal: Refusal, row: Mapping[str, Any], letters: Mapping[str, str]) -> None:
        """`row`: heading to cell as in the file, `letters`: heading to column; empty if unknown."""
        where = refusal.where
        if where.line is None or not row or not letters:
            place = where.item or (f"line {where.line}" if where.line else "")
            said = (where.file, place, refusal.field, refusal.value, refusal.reason, refusal.mend)
            self._page((), "Refused", PLACED, (30, 18, 24, 40, *WIDTHS[1:])).append(said)
            return
        key = (where.file, where.sheet or "")
        order = sorted(letters, key=lambda heading: column_index_from_string(letters[heading]))
        heads = (*FIRST, *order)
        page = self._page(key, where.sheet or Path(where.file).stem, heads, WIDTHS)
        wrong = {fault.column for fault in refusal.faults if fault.column}
        page.append(
            (where.line, _told(refusal, "reason"), _told(refusal, "mend")),
            [
                (column_index_from_string(letters[h]), row.get(h), letters[h] in wrong)
                for h in order
            ],
        )

    def close(self) -> None:
        """Write it. A workbook has a sheet at least, so that of none refused says so."""
        if not self._pages:
            self._page((), "Refused", PLACED, ()).append(("Nothing was refused.",))
        self._book.save(self._path)

    def _page(
        self, key: tuple[str, ...], name: str, heads: Iterable[str], widths: Iterable[int]
    ) -> "_Page":
        """The sheet for these rows; a new one when it is full."""
        page = self._pages.get(key)
        if page is None or page.lines >= LINES:
            page = self._pages[key] = _Page(self._book, self._titled(name), heads, widths)
        return page

    def _titled(self, name: str) -> str:
        """A name that no sheet has yet and every program takes."""
        plain = _clean(re.sub(r"[\[\]:*?/\\']", " ", name)).strip() or "Refused"
        number, title = 1, plain[:TITLE]
        while title.casefold() in {each.casefold() for each in self._book.sheetnames}:
            number += 1
            title = f"{plain[: TITLE - len(str(number)) - 3]} ({number})"
        return title


class _Page:
    """A sheet: headings, then a line each."""

    def __init__(
        self, book: Workbook, title: str, heads: Iterable[str], widths: Iterable[int]
    ) -> None:
        self._sheet: Any = book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for at, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        self.lines = 0
        cells = [self._cell(head, HEAD) for head in heads]
        for cell in cells:
            cell.font = Font(bold=True)
        self._sheet.append(cells)

    def append(self, told: Iterable[Any], row: Iterable[tuple[int, Any, bool]] = ()) -> None:
        """What we tell, and behind it the file's own row: (column, cell, whether it is refused)."""
        cells = [self._cell(each) for each in told]
        for cell in cells:
            cell.alignment = WRAPPED
        for column, value, refused in row:
            cells += [None] * (len(FIRST) + column - 1 - len(cells))
            cells.append(self._cell(value, REFUSED if refused else None))
        self._sheet.append(cells)
        self.lines += 1

    def _cell(self, value: Any, fill: PatternFill | None = None) -> Any:
        kept = _kept(value)
        cell: Any = WriteOnlyCell(self._sheet, value=kept)
        if isinstance(kept, str):
            cell.data_type = "s"
            cell.quotePrefix = kept.startswith(RISKY)
        if fill:
            cell.fill = fill
        return cell


def _told(refusal: Refusal, name: str) -> str:
    """Every reason, or every way to mend it, of a row: each with its field, from left to right."""
    if not refusal.faults:
        return f"{refusal.field}: {getattr(refusal, name)}"
    faults = sorted(refusal.faults, key=lambda each: column_index_from_string(each.column or "A"))
    return "\n".join(f"{fault.field}: {getattr(fault, name)}" for fault in faults)


def _kept(value: Any) -> Any:
    """A value as a cell takes it: numbers and dates as they were, anything else as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.isoformat()
    return value if isinstance(value, date) else _clean(printable(value))[:LETTERS]


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)
