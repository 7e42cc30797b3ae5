"""Open Referral UK 3.0 (HSDS): pages of JSON, or a package of tables in a folder or zip.

A service is a project that its organisation leads; its terms are themes; it serves its areas, or
where none is named the towns of its locations. Contacts, telephones, e-mail, streets and full
postcodes are not stored. Older feeds' names are read as well. Standard: https://docs.openreferral.org
"""

from collections.abc import Iterator
from pathlib import Path

from tieline.errors import BadInput
from tieline.loaders import read
from tieline.loaders.formats.openreferral import package, pages
from tieline.loaders.mapping import Layout
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

NAME, VERSION, FOLDER = "openreferral", "1", True


def guess(path: Path) -> bool:
    """A folder or zip with the standard's tables, or a page of its JSON."""
    if path.is_dir():
        return package.tables(path) != {} or any(map(guess, pages.files(path)))
    shape = read.shape(path)
    return pages.guess(path) if shape == "json" else shape == "zip" and package.zipped(path)


def rows(
    path: Path, source: Source, notes: Notes, layout: Layout | None = None
) -> Iterator[Row | Refusal]:
    """Every organisation, service and term, and what joins them."""
    if path.is_dir():
        yield from _folder(path, source, notes)
    elif read.shape(path) == "zip":
        with package.unpacked(path) as folder:
            yield from _folder(folder, source, notes)
    elif read.shape(path) == "json":
        yield from pages.rows(path, source, notes)
    else:
        raise BadInput(
            f"{path.name} is one table of a package. Load the folder or zip that holds them all."
        )


def _folder(path: Path, source: Source, notes: Notes) -> Iterator[Row | Refusal]:
    if package.tables(path):
        yield from package.rows(path, source, notes)
        return
    found = pages.files(path)
    if not found:
        raise BadInput(f"{path.name} holds neither tables such as service.csv nor pages of JSON.")
    for each in found:
        yield from pages.rows(each, source, notes)
