"""Extracts of the register of charities of England and Wales: tab separated text, or JSON.

`publicextract.charity` gives the charities; other names, areas of operation and classifications are
tables beside it. A linked charity is its own, part of the charity whose number it shares. Trustees,
addresses, telephones and e-mail are never stored, and the table of trustees is not opened. Layout:
https://register-of-charities.charitycommission.gov.uk/register/full-register-download
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tieline.errors import BadInput
from tieline.loaders import document, read
from tieline.loaders.encoding import encoding
from tieline.loaders.formats.charityregister import charity, tables
from tieline.loaders.mapping import Layout
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

NAME, VERSION, FOLDER = "charity-register", "1", False

Reader = Callable[[Source, Raw, Notes], Row | Refusal]
# The column that only this table has, and who reads its rows.
READERS: dict[str, Reader] = {
    "charity_registration_status": charity.interpret,
    "classification_code": tables.classification,
    "geographic_area_type": tables.area,
    "charity_name_type": tables.other_name,
}
TRUSTEES = "trustee_name"


def guess(path: Path) -> bool:
    shape = read.shape(path)
    return shape in ("separated", "json") and bool(
        {"registered_charity_number", "organisation_number"} <= _columns(path, shape)
    )


def rows(
    path: Path, source: Source, notes: Notes, layout: Layout | None = None
) -> Iterator[Row | Refusal]:
    """Every row of one of the tables, or why not."""
    shape = read.shape(path)
    columns = _columns(path, shape)
    if TRUSTEES in columns:
        raise BadInput(
            f"{path.name} names trustees, who are not loaded from a register. Load "
            "publicextract.charity and leave this table out."
        )
    how = next((READERS[name] for name in READERS if name in columns), None)
    if how is None:
        raise BadInput(
            f"{path.name} is no table of the register that is read. These are: the charities, "
            "their other names, areas of operation and classifications."
        )
    for raw in document.items(path, "charities", notes) if shape == "json" else _lines(path, notes):
        yield raw if isinstance(raw, Refusal) else how(source, raw, notes)


def _lines(path: Path, notes: Notes) -> Iterator[Raw | Refusal]:
    with read.sheets(path, notes, quoted=False) as pages:
        for page in pages:
            for raw in page.rows:
                yield _whole(raw, len(page.headings))


def _whole(raw: Raw | Refusal, wanted: int) -> Raw | Refusal:
    """A line that breaks off inside a cell: what it lacks stands on the next."""
    if isinstance(raw, Raw) and len(raw.values) < wanted:
        reason = f"{len(raw.values)} cells where {wanted} should be: a text breaks the line"
        mend = "Take the line break out of the text, or ask for the extract again."
        return Refusal(raw.where, "(row)", str(next(iter(raw.values.values()), "")), reason, mend)
    return raw


def _columns(path: Path, shape: str) -> set[str]:
    """The names of the first line, or of the first object."""
    found = encoding(path)
    with path.open("rb") as stream:
        head = stream.read(1 << 16).decode(found.name, "replace").lstrip("\ufeff")
    if shape == "json":
        return {name for name in (*READERS, TRUSTEES, *_KEYS) if f'"{name}"' in head}
    first: Any = next(csv.reader([head.split("\n", 1)[0].rstrip("\r")], delimiter="\t"), [])
    return {cell.strip() for cell in first}


_KEYS = ("registered_charity_number", "organisation_number")
