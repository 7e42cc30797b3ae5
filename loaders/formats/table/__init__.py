"""The spreadsheet every partner has: CSV, TSV or XLSX, read by a mapping (loaders/mapping.py)."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tieline.errors import BadInput
from tieline.loaders import read
from tieline.loaders.formats.table import statements, things
from tieline.loaders.formats.table.line import TITLES, Line
from tieline.loaders.interpret import refused
from tieline.loaders.mapping import Layout, Table
from tieline.loaders.read import Raw, Sheet
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.loaders.values import blank
from tieline.schema.records import Row

NAME, VERSION = "table", "2"

# Says of a row (heading to cell) why it cannot be what it seems: (field, value, reason, mend).
Check = Callable[[dict[str, object]], tuple[str, object, str, str] | None]


def rows(
    path: Path, source: Source, table: Table, notes: Notes, check: Check | None = None
) -> Iterator[Row | Refusal]:
    """Every row of the file's sheet, or why not.

    Raises:
        BadInput: the sheet or a column that the mapping names is not there: says what is.
    """
    with read.sheets(path, notes, table.header) as pages:
        seen = []
        for page in pages:
            seen.append(page.name or path.name)
            if not table.fits(path, page.name):
                continue
            _complete(path, page, table)
            for raw in page.rows:
                yield raw if isinstance(raw, Refusal) else _row(raw, source, table, notes, check)
            return
    wanted = table.sheet or table.match or table.file
    raise BadInput(
        f"{path.name} has no sheet for the table {table.name} (looked for {wanted}). "
        f"It has: {', '.join(seen)}. Correct the mapping."
    )


def verify(mapping: Layout) -> None:
    """Every table maps fields that its kind has, and none that it cannot do without is missing.

    Raises:
        BadInput: names the field and those that are known.
    """
    for table in mapping.tables:
        stated = table.kind in ("tie", "relationship")
        known = statements.known(table.kind) if stated else things.known(table.kind)
        needed = ["from", "to"] if stated else [TITLES.get(table.kind, "name")]
        if unknown := sorted(table.columns.keys() - known):
            raise BadInput(
                f"{mapping.path}, {table.name}: a {table.kind} has no {', '.join(unknown)}. "
                f"It has: {', '.join(sorted(known))}."
            )
        if absent := [name for name in needed if name not in table.columns]:
            raise BadInput(
                f"{mapping.path}, {table.name}: say which column is {' and '.join(absent)}."
            )


def _complete(path: Path, page: Sheet, table: Table) -> None:
    if not page.headings:
        raise BadInput(f"{path.name} has no headings. The first row must name the columns.")
    absent = sorted(table.wanted() - set(page.headings))
    if absent:
        raise BadInput(
            f"{path.name} has no column {', '.join(map(repr, absent))}, which the mapping of "
            f"{table.name} names. It has: {', '.join(page.headings)}. Correct one or the other."
        )


def _checked(check: Check, raw: Raw) -> tuple[str, object, str, str] | None:
    try:
        return check(raw.values)
    except Unreadable as error:
        return "(row)", "", error.reason, error.mend


def _row(
    raw: Raw, source: Source, table: Table, notes: Notes, check: Check | None
) -> Row | Refusal:
    line = Line(source, raw, notes, table)
    if check and (found := _checked(check, raw)):
        return refused(raw.where, [found], raw.letters)
    asked = table.wanted() | table.ignore
    for heading, cell in raw.values.items():
        if heading not in asked and not blank(cell, table.missing):
            line.draft.unread(heading, cell)
    if table.kind == "tie":
        return statements.tie(line)
    if table.kind == "relationship":
        return statements.relationship(line)
    return things.thing(line)
