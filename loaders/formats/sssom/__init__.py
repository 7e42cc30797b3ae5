"""SSSOM: which word of one vocabulary matches which of another, who says so, and how sure it is.

A table, tab or comma separated, under a block of `#` lines that says whose mappings they are and
what its prefixes stand for. https://mapping-commons.github.io/sssom/. A vocabulary is a scheme of
themes, known by the prefix of its ids; a mapping may rename prefixes:

    [sssom]
    schemes = { UKCAT = "uk-cat" }
"""

from collections.abc import Iterator
from pathlib import Path

from tieline.errors import BadInput
from tieline.loaders import read
from tieline.loaders.formats.sssom import header, mapping
from tieline.loaders.mapping import Layout
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

NAME, VERSION, FOLDER = "sssom", "1", False
NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


def guess(path: Path) -> bool:
    return read.shape(path) == "separated" and set(NEEDED[:3]) <= set(_headings(path))


def rows(
    path: Path, source: Source, notes: Notes, layout: Layout | None = None
) -> Iterator[Row | Refusal]:
    """Every mapping, or why not.

    Raises:
        BadInput: a column is missing without which no row says anything.
    """
    if absent := [name for name in NEEDED if name not in _headings(path)]:
        raise BadInput(
            f"{path.name} has no column {', '.join(absent)}. SSSOM wants {', '.join(NEEDED)}: "
            "add what is missing."
        )
    said = header.read(path, notes)
    schemes = dict((layout.sssom if layout else {}).get("schemes", {}))
    reader = mapping.Reader(source, notes, said, schemes)
    with read.sheets(path, notes, comment="#") as pages:
        for raw in next(pages).rows:
            yield raw if isinstance(raw, Refusal) else reader.row(raw)


def _headings(path: Path) -> list[str]:
    with read.sheets(path, Notes(), comment="#") as pages:
        return next(pages).headings
