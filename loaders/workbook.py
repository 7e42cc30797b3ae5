"""XLSX: sheets row by row, never the whole book. What would burst the reader is refused first.

The format is a zip of XML: archive.py measures it before anything is inflated, and stops a row that
runs on without end. The texts that cells share are kept on disk. A formula is read as the text it
is.
"""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from tieline.loaders import archive
from tieline.loaders.read import Raw, Sheet, letter, named
from tieline.loaders.refusal import Refusal, Where
from tieline.loaders.report import Notes
from tieline.loaders.texts import Texts
from tieline.loaders.values import blank

MEMBERS, LINES = archive.MEMBERS, archive.LINES
_BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError,
    OSError, ParseError, InvalidFileException, DefusedXmlException, NotImplementedError,
    zlib.error,
)  # fmt: skip


class _Book(ExcelReader):
    """openpyxl's reader of a whole book, its sheets left to be read row by row."""

    package: Manifest

    def __init__(self, path: Path) -> None:
        self.archive = archive.Guarded(path)
        self.valid_files = self.archive.namelist()
        self.read_only, self.keep_vba, self.data_only = True, False, False
        self.keep_links, self.rich_text = False, False
        self.texts = Texts()
        self.shared_strings = self.texts  # type: ignore[assignment]

    def read_strings(self) -> None:
        """As openpyxl does, but to disk."""
        found: Any = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if found is None:
            return
        with self.archive.open(found.PartName[1:]) as stream:
            for _, node in iterparse(stream):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    text: Any = Text.from_tree(node)
                    self.texts.append(text.content.replace("x005F_", ""))
                    node.clear()

    def close(self) -> None:
        self.texts.close()
        self.archive.close()


@contextmanager
def sheets(path: Path, notes: Notes, header: int | None = None) -> Iterator[Iterator[Sheet]]:
    """The sheets of a workbook, in order.

    Raises:
        BadInput: not a workbook, or one that would inflate without measure.
    """
    archive.guard(path)
    with _mended(path):
        book = _Book(path)
    try:
        with _mended(path), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like: nothing of these is read
            book.read()
        yield (_sheet(path, page, notes, header) for page in book.wb.worksheets)
    finally:
        book.close()


@contextmanager
def _mended(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise archive.unreadable(path, error) from None


def _sheet(path: Path, page: Any, notes: Notes, header: int | None) -> Sheet:
    """A sheet; its declared size is not believed: some declare one cell, some 1,024 columns."""
    total = max(page.max_row or 1, 1)
    page.reset_dimensions()
    rows = _numbered(path, page.iter_rows(values_only=True))
    headings: list[str] = []
    for line, cells in rows:
        if line >= (header or 0) and any(not blank(cell, frozenset({""})) for cell in cells):
            headings = named(_trimmed(cells))
            break
    return Sheet(page.title, headings, _rows(path, page.title, rows, headings, notes, total))


def _numbered(path: Path, rows: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    """What goes wrong in reading is said of the file; what a taker of rows does wrong is not."""
    with _mended(path):
        for line, cells in enumerate(rows, 1):
            if line > LINES:
                raise ValueError(f"a row over {LINES:,}")
            yield line, cells


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
