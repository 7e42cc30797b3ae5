"""Bytes to rows: a file is a line of sheets (a CSV is one), a sheet has headings and rows.

Nothing is held but the row in hand. A row that cannot be read is a `Refusal` in its place.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tieline.errors import BadInput
from tieline.loaders import archive
from tieline.loaders.refusal import Refusal, Where, printable
from tieline.loaders.report import Notes

ZIP, OLD_OFFICE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"


@dataclass(slots=True)
class Raw:
    """One row as it stands in the file. `letters` names the column of each heading (A, B ...);
    `remarks` are (field, value, what was odd) of the reading itself; `origin` is the row as it
    stood, where its cells have been put elsewhere since."""

    where: Where
    values: dict[str, Any]
    letters: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, Any, str]] = field(default_factory=list)
    origin: "Raw | None" = None


@dataclass(slots=True)
class Sheet:
    """Headings are one line each and unlike: a second `Name` is `Name (2)`."""

    name: str | None
    headings: list[str]
    rows: Iterator[Raw | Refusal]


Opened = AbstractContextManager[Iterator[Sheet]]


def shape(path: Path) -> str:
    """ "json", "xlsx", "zip" or "separated", by its first bytes, whatever its name ends in.

    Raises:
        BadInput: no file, an empty one, or one of a kind that is not read.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}. Check the path.") from None
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise BadInput(f"{path.name} is empty. Ask the partner to send it again.")
    if head.startswith(OLD_OFFICE):
        raise BadInput(f"{path.name} is an old or locked Excel file. Save it as .xlsx, unlocked.")
    if head.startswith(GZIP) or (head.startswith(ZIP) and b"mimetypeapplication/vnd.oasis" in head):
        raise BadInput(
            f"{path.name} is compressed or an OpenDocument file. Save it as CSV or XLSX."
        )
    if head.startswith(ZIP):
        return "xlsx" if archive.workbook(path) else "zip"
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")
    if plain[:1] == b"<":
        raise BadInput(
            f"{path.name} is XML or a web page, which is not read. Save it as CSV, XLSX or JSON."
        )
    return "json" if plain[:1] in (b"{", b"[") else "separated"


def sheets(
    path: Path,
    notes: Notes,
    header: int | None = None,
    *,
    quoted: bool = True,
    loose: bool = False,
    comment: str | None = None,
) -> Opened:
    """The sheets of a CSV, TSV or XLSX file; `header` is the headings' line, if not the first.

    Each sheet's rows must be read before the next sheet is asked for. Not `quoted`: a quote is a
    letter like any other. `loose`: cells beyond the headings are kept under their column's letter.
    `comment`: the lines at the top of a CSV that begin so are left out.
    """
    from tieline.loaders import separated, workbook

    found = shape(path)
    if found == "json":
        raise BadInput(f"{path.name} is JSON where a table is expected. Save it as CSV or XLSX.")
    if found == "zip":
        raise BadInput(f"{path.name} is a zip of files. Unpack it, and load the files it holds.")
    if found == "xlsx":
        return workbook.sheets(path, notes, header)
    return separated.sheets(path, notes, header, quoted=quoted, loose=loose, comment=comment)


def named(cells: list[Any]) -> list[str]:
    """Headings: cleaned, repeats numbered, blank ones named by their column."""
    seen: dict[str, int] = {}
    headings = []
    for at, cell in enumerate(cells):
        plain = " ".join(printable("" if cell is None else cell).split()).strip("\ufeff")
        plain = plain or f"(column {letter(at)})"
        seen[plain] = seen.get(plain, 0) + 1
        headings.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return headings


def letter(at: int) -> str:
    """A spreadsheet's name of column `at` (from 0): A ... Z, AA ..."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def column(letters: str) -> int:
    """The other way: which column (from 0) a spreadsheet calls so."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number - 1
