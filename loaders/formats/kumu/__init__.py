"""Kumu: elements and connections, as XLSX, CSV or JSON (a blueprint, or a project's export).

An element is an organisation unless its type, or the mapping's [kumu], says otherwise. A connection
between two actors is a stated tie, or a closeness where [kumu] states the scale of Strength.
Layout: https://docs.kumu.io/guides/import (headings, sections, lists, ids).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tieline.errors import BadInput
from tieline.loaders import read
from tieline.loaders.formats.kumu import connection, element
from tieline.loaders.formats.kumu.labels import Labels
from tieline.loaders.formats.kumu.meaning import Meaning, meaning
from tieline.loaders.formats.kumu.sections import CONNECTIONS, Piece, begins, files, pieces
from tieline.loaders.mapping import Layout
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

NAME, VERSION, FOLDER = "kumu", "1", True
_LISTS = re.compile(rb'"(elements|connections)"\s*:\s*\[')


def guess(path: Path) -> bool:
    """Kumu's headings or lists; a folder of nothing but such files."""
    if path.is_dir():
        inside = files(path)
        return bool(inside) and all(map(guess, inside))
    shape = read.shape(path)
    if shape == "zip":
        return False
    if shape == "json":
        with path.open("rb") as stream:
            head = stream.read(1 << 16).replace(b"\x00", b"")
        return _LISTS.search(head) is not None and (b'"label"' in head or b'"from"' in head)
    with read.sheets(path, Notes()) as pages:
        return any(begins(page.headings) for page in pages)


def rows(
    path: Path, source: Source, notes: Notes, layout: Layout | None = None
) -> Iterator[Row | Refusal]:
    """Every element and connection. The file is read twice: labels first, for sheets come in any
    order."""
    wanted = meaning(source, layout)
    labels = Labels(wanted)
    for piece in pieces(path, Notes()):
        if piece.sort != CONNECTIONS and not isinstance(piece.raw, Refusal):
            labels.add(piece.raw)
    notes.say(_told(path, labels))
    count = 0
    for piece in pieces(path, notes):
        count += 1
        yield _read(piece, source, notes, wanted, labels)
    if not count:
        raise BadInput(
            f"{path.name} holds no elements and no connections. A sheet of elements has a heading "
            "Label, one of connections has From and To."
        )


def _told(path: Path, labels: Labels) -> str:
    if labels.count:
        return f"{path.name}: {labels.count:,} elements"
    return f"{path.name}: no elements, so the ends of its connections are taken for elements"


def _read(
    piece: Piece, source: Source, notes: Notes, wanted: Meaning, labels: Labels
) -> Row | Refusal:
    if isinstance(piece.raw, Refusal):
        return piece.raw
    how = connection.interpret if piece.sort == CONNECTIONS else element.interpret
    return how(source, piece.raw, notes, wanted, labels)
