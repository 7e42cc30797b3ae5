"""The formats by name, and which of them a file seems to be."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tieline.loaders.formats import (
    charityregister,
    kumu,
    openreferral,
    sssom,
    threesixtygiving,
)
from tieline.loaders.mapping import Layout
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row


class Format(Protocol):
    """A module that reads one standard's files (or a folder of them, `FOLDER`) to rows.

    VERSION changes when the same file would be read otherwise.
    """

    NAME: str
    VERSION: str
    FOLDER: bool

    def guess(self, path: Path) -> bool:
        """Whether the file is of this format, by its first bytes or its headings."""

    def rows(
        self, path: Path, source: Source, notes: Notes, layout: Layout | None = None
    ) -> Iterator[Row | Refusal]:
        """Every row, or why not; `layout` where a mapping was given."""


STANDARDS: dict[str, Format] = {
    each.NAME: each for each in (threesixtygiving, kumu, openreferral, charityregister, sssom)
}


def guess(path: Path) -> Format | None:
    """The standard that a file (or folder) seems to follow."""
    likely = (each for each in STANDARDS.values() if each.FOLDER or not path.is_dir())
    return next((each for each in likely if each.guess(path)), None)
