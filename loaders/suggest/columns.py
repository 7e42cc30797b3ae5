"""What the first rows of a table hold, column by column."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tieline.loaders import read, values
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.schema.identifiers import checked

ROWS = 5000  # looked at
TITLES = 10  # lines that may stand over the headings
MOST = 0.9  # of the values of a column that fit, for the column to be so
SEPARATORS = (";", "|", ", ", ",", "/")
_ID = re.compile(r"[A-Za-z]{1,4}[-_]?\d{1,6}")


@dataclass
class Column:
    """A heading and its values; `plain` is the heading in small letters, without punctuation."""

    name: str
    cells: list[Any] = field(default_factory=list)
    rows: int = 0

    @property
    def plain(self) -> str:
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name)
        return " ".join(re.sub(r"[^\w]+|_", " ", spaced).casefold().split())

    @property
    def words(self) -> list[str]:
        return self.plain.split()

    @property
    def unlike(self) -> bool:
        """Every row has a value, and no two the same."""
        return len(self.cells) == self.rows > 0 and len(set(map(str, self.cells))) == self.rows

    @property
    def distinct(self) -> int:
        return len(set(map(str, self.cells)))

    @property
    def longest(self) -> int:
        return max((len(str(value)) for value in self.cells), default=0)

    def fits(self, how: values.Reader | Callable[[Any], Any], share: float = MOST) -> bool:
        """Nearly all of its values can be read so."""
        sample = self.cells[:500]
        return bool(sample) and sum(_reads(how, each) for each in sample) >= share * len(sample)

    @property
    def separator(self) -> str | None:
        """What parts a list in its cells: the mark most of them have, with short words between."""
        texts = [str(each) for each in self.cells]
        for mark in SEPARATORS:  # those that hardly stand in names come first
            pieces = [piece for text in texts for piece in text.split(mark)]
            short = sum(len(piece.strip()) <= 40 for piece in pieces)
            often = sum(mark in text for text in texts) >= max(1, len(texts) * 0.05)
            if often and short >= MOST * len(pieces):
                return mark.strip() or mark
        return None

    @property
    def pieces(self) -> "Column":
        """The same with each value of a list on its own."""
        mark = self.separator
        parted = (
            [each.strip() for cell in self.cells for each in str(cell).split(mark)]
            if mark
            else self.cells
        )
        return Column(self.name, [each for each in parted if each], self.rows)

    def common(self, most: int = 12) -> list[str]:
        return [word for word, _ in Counter(map(str, self.cells)).most_common(most)]


@dataclass
class Sheet:
    """A table: its sheet's name, the line of its headings if not the first, its columns."""

    name: str | None
    header: int | None
    columns: list[Column]
    rows: int


def sheets(path: Path) -> list[Sheet]:
    """Every sheet that has rows."""
    with read.sheets(path, Notes()) as pages:
        names = [page.name for page in pages]
    found = [_sheet(path, number, name) for number, name in enumerate(names)]
    return [each for each in found if each.rows and each.columns]


def _sheet(path: Path, number: int, name: str | None) -> Sheet:
    """The first line that names two columns or more holds the headings: titles stand above."""
    for header in range(1, TITLES):
        columns, rows = _columns(path, number, header)
        if sum(not each.name.startswith("(column ") for each in columns) > 1 or not rows:
            return Sheet(name, header if header > 1 else None, columns, rows)
    columns, rows = _columns(path, number, 1)
    return Sheet(name, None, columns, rows)


def _columns(path: Path, number: int, header: int) -> tuple[list[Column], int]:
    with read.sheets(path, Notes(), header, loose=True) as pages:
        for at, page in enumerate(pages):
            if at == number:
                return _filled(page)
    return [], 0


def _filled(page: read.Sheet) -> tuple[list[Column], int]:
    columns = {name: Column(name) for name in page.headings}
    rows = 0
    for raw in page.rows:
        if rows >= ROWS:
            break
        if isinstance(raw, Refusal):
            continue
        rows += 1
        for name, value in raw.values.items():
            if not values.blank(value) and name in columns:
                columns[name].cells.append(value)
    for column in columns.values():
        column.rows = rows
    return list(columns.values()), rows


def _reads(how: Callable[[Any], Any], value: Any) -> bool:
    try:
        return how(value) is not False
    except Unreadable:
        return False


def own_id(value: Any) -> bool:
    """Looks like a partner's own reference: P17, LO-001."""
    return _ID.fullmatch(str(value).strip()) is not None


def slugged(value: Any) -> bool:
    """Looks like the name of a web page: small letters and hyphens, no spaces."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(value).strip()) is not None


def registered(value: Any) -> bool:
    """An identifier with its scheme before it, such as GB-CHC-1090095."""
    said = str(value)
    return said[:3].isupper() and "-" in said and checked(said)[0] is not None


def figure(shape: str) -> Callable[[Any], bool]:
    """Values of this shape."""
    return lambda value: re.fullmatch(shape, str(value).strip()) is not None


def postcode(value: Any) -> bool:
    return (
        re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", str(value).strip()) is not None
    )


def web(value: Any) -> bool:
    said = str(value).strip()
    return "." in said and " " not in said and "@" not in said and bool(values.url(said))
