"""CSV and TSV: rows one by one, and a broken one never takes its neighbours with it.

A quote that is opened and not closed swallows the lines after it. So the lines of the row in hand
are kept: when a row breaks, or runs on too long, its first line alone is refused and reading starts
again at the next.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from tieline.loaders.encoding import encoding
from tieline.loaders.read import Raw, Sheet, letter, named
from tieline.loaders.refusal import Refusal, Where, shown
from tieline.loaders.report import Notes

LINES, LETTERS = 400, 200_000  # the most that one row may hold
_QUOTES = 'Close every quote; a quote inside a text is written twice ("").'


class _RunsOn(Exception):
    """A row has more lines than a row can have: a quote was never closed."""


class _Lines:
    """Physical lines, numbered from 1; those of the row in hand can be given back."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._letters = 0
        self.delimiter = ","
        self.quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
        self.held: list[str] = []
        self.first = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.held) >= LINES or self._letters > LETTERS:
            raise _RunsOn
        line = self._again.popleft() if self._again else self._physical()
        if not line:
            raise StopIteration
        self.held.append(line)
        self._letters += len(line)
        if len(line) >= LETTERS:
            raise _RunsOn
        return line

    def _physical(self) -> str:
        """The next line; of an endless one only the beginning, for it cannot be kept."""
        line = rest = self._stream.readline(LETTERS)
        while len(rest) >= LETTERS and rest[-1] not in "\r\n":
            rest = self._stream.readline(LETTERS)
        return line

    def peek(self, count: int) -> list[str]:
        """The next lines of the file, to be read again."""
        while len(self._again) < count and (line := self._physical()):
            self._again.append(line)
        return [*self._again][:count]

    def skip(self) -> None:
        """Leave out the next line of the file."""
        self._again.popleft()
        self.first += 1

    def next_row(self) -> None:
        """The row in hand is done: the next begins after it."""
        self.first += len(self.held)
        self.held, self._letters = [], 0

    def give_back(self) -> str:
        """Keep the first line of the row in hand, read the others again. The first line."""
        first, *rest = self.held
        self._again.extendleft(reversed(rest))
        self.held, self._letters = [], 0
        self.first += 1
        return first


@contextmanager
def sheets(
    path: Path,
    notes: Notes,
    header: int | None = None,
    *,
    quoted: bool = True,
    loose: bool = False,
    comment: str | None = None,
) -> Iterator[Iterator[Sheet]]:
    """The one sheet of a separated file; `quoted`, `loose` and `comment` as read.sheets says."""
    found = encoding(path)
    notes.say(f"{path.name}: read as {found.said}")
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw:
        notes.share = lambda: 1.0 if raw.closed else raw.tell() / size
        with io.TextIOWrapper(raw, found.name, found.errors, newline="") as stream:
            lines = _Lines(stream)
            while comment and any(line.startswith(comment) for line in lines.peek(1)):
                lines.skip()
            lines.delimiter = _delimiter(lines, path)
            lines.quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
            yield iter([_sheet(path, lines, notes, header, loose)])


def _sheet(path: Path, lines: _Lines, notes: Notes, header: int | None, loose: bool) -> Sheet:
    records = _records(path.name, lines)
    headings: list[str] = []
    for where, cells in records:
        if isinstance(cells, Refusal):
            notes.warn("headings", cells.reason, where)
        elif any(cell.strip() for cell in cells) and (where.line or 0) >= (header or 0):
            while cells and not cells[-1].strip():
                cells.pop()
            headings = named(list(cells))
            break
    return Sheet(None, headings, _rows(records, lines, headings, loose))


def _delimiter(lines: _Lines, path: Path) -> str:
    """Excel's own `sep=;` line, else whichever mark the first lines have most of."""
    first, *more = lines.peek(5) or [""]
    if re.fullmatch("sep=.", first.strip(), re.I):
        lines.skip()
        return first[4]
    preferred = "\t,;|" if path.suffix.lower() in (".tsv", ".tab") else ",;\t|"
    return max(preferred, key="".join([first, *more]).count)


def _records(file: str, lines: _Lines) -> Iterator[tuple[Where, list[str] | Refusal]]:
    reader = _reader(lines)
    while True:
        where = Where(file, line=lines.first)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RunsOn) as error:
            said = lines.give_back() if lines.held else ""
            yield where, _broken(where, said, error, lines.delimiter)
            reader = _reader(lines)
            continue
        yield where, cells
        lines.next_row()


def _reader(lines: _Lines) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=lines.delimiter, quoting=lines.quoting, strict=True)


def _broken(where: Where, said: str, error: Exception, delimiter: str) -> Refusal:
    reason = "a quote is opened and never closed"
    if len(said) >= LETTERS and '"' not in said:
        long = f"a row of {LETTERS:,} letters or more"
        return Refusal(where, "(row)", shown(said), long, "Shorten it, or leave the cell out.")
    if isinstance(error, csv.Error) and "expected after" in str(error):
        reason = "a quote stands inside a cell, or an earlier one was never closed"
    elif isinstance(error, csv.Error) and "field larger" in str(error):
        reason = "a cell holds far too much text: a quote may be open"
    at = _quoted(said, delimiter)
    cell = f"{letter(at)}{where.line}" if at is not None else None
    return Refusal(where, "(row)", shown(said), reason, _QUOTES, cell)


def _quoted(said: str, delimiter: str) -> int | None:
    """The column whose quote is not closed where its cell ends."""
    at = column = 0
    while at < len(said):
        if said[at] == '"':
            plain = said.replace('""', "  ")
            end = plain.find('"', at + 1)
            if end < 0 or said[end + 1 : end + 2] not in (delimiter, "\r", "\n", ""):
                return column
            at = end
        at = said.find(delimiter, at) + 1
        if not at:
            return None
        column += 1
    return None


def _rows(
    records: Iterator[tuple[Where, list[str] | Refusal]],
    lines: _Lines,
    headings: list[str],
    loose: bool,
) -> Iterator[Raw | Refusal]:
    letters = {heading: letter(at) for at, heading in enumerate(headings)}
    for where, cells in records:
        if isinstance(cells, Refusal):
            yield cells
        elif not loose and _swallowed(lines, len(headings), len(cells)):
            said = lines.give_back()
            yield _broken(where, said, _RunsOn(), lines.delimiter)
        elif not loose and any(cell.strip() for cell in cells[len(headings) :]):
            yield _misfit(where, cells, headings)
        elif any(cell.strip() for cell in cells):
            yield _raw(where, cells, headings, letters)


def _swallowed(lines: _Lines, wanted: int, found: int) -> bool:
    """Lines after the first of the row in hand would be rows of their own: a quote took them in.

    Where the row has as many cells as it should, only if all that it took in look so, in a table of
    four columns or more: prose has no such commas line after line.
    """
    whole = found == wanted
    if whole and wanted < 4:
        return False
    more = lines.held[1:-1] if whole else lines.held[1:]
    fitting = [
        len(next(csv.reader([line], delimiter=lines.delimiter), ())) == wanted for line in more
    ]
    return bool(fitting) and (all(fitting) if whole else any(fitting))


def _raw(where: Where, cells: list[str], headings: list[str], letters: dict[str, str]) -> Raw:
    remarks: list[tuple[str, Any, str]] = []
    if len(cells) < len(headings):
        remarks.append(("(row)", "", "fewer cells than headings: the rest are read as blank"))
    values = dict(zip(headings, cells, strict=False))
    for at in range(len(headings), len(cells)):  # only where the reading is loose
        if cells[at].strip():
            letters.setdefault(f"(column {letter(at)})", letter(at))
            values[f"(column {letter(at)})"] = cells[at]
    return Raw(where, values, letters, remarks)


def _misfit(where: Where, cells: list[str], headings: list[str]) -> Refusal:
    extra = next(cell for cell in cells[len(headings) :] if cell.strip())
    reason = f"{len(cells)} cells under {len(headings)} headings"
    mend = "Put quotes round a text that holds the separator, or remove the extra cells."
    at = next(at for at in range(len(headings), len(cells)) if cells[at] == extra)
    return Refusal(where, "(row)", shown(extra), reason, mend, f"{letter(at)}{where.line}")
