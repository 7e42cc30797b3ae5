"""360Giving 1.4: grants as JSON, CSV or XLSX. A grant is a project, its funder and its recipient.

The funder FUNDS it, the recipient LEADS it, it SERVES the beneficiary's places and WORKS_ON its
classifications. Contact details, addresses and individuals who were given grants are not stored.
Standard: https://standard.threesixtygiving.org/en/latest/ (fields, sheet titles, required fields).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tieline.loaders import document, read
from tieline.loaders.formats.threesixtygiving import titles
from tieline.loaders.formats.threesixtygiving.grant import interpret
from tieline.loaders.mapping import Layout
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

NAME, VERSION, FOLDER = "360giving", "2", False
# A list of grants, or (where the file is the list) what a grant alone has.
_OWN = re.compile(rb'"(grants|fundingOrganization|recipientOrganization)"\s*:\s*\[')


def guess(path: Path) -> bool:
    """A file of grants, by its first bytes or its headings."""
    shape = read.shape(path)
    if shape == "zip":
        return False
    if shape == "json":
        with path.open("rb") as stream:
            return _OWN.search(stream.read(1 << 16).replace(b"\x00", b"")) is not None
    with read.sheets(path, Notes()) as pages:
        return any(titles.fit(page.headings) for page in pages)


def rows(
    path: Path, source: Source, notes: Notes, layout: Layout | None = None
) -> Iterator[Row | Refusal]:
    """Every grant of the file, or why not."""
    for raw in _grants(path, notes):
        try:
            yield raw if isinstance(raw, Refusal) else interpret(source, raw, notes)
        except RecursionError:
            mend = "A grant's parts lie at most three deep."
            yield Refusal(raw.where, "(row)", "", "lists within lists without end", mend)


def _grants(path: Path, notes: Notes) -> Iterator[Raw | Refusal]:
    if read.shape(path) == "json":
        yield from document.items(path, "grants", notes)
        return
    with read.sheets(path, notes) as pages:
        for page in pages:
            if page.name is not None and not titles.fit(page.headings):
                notes.say(f"sheet {page.name} left: its headings are not those of grants")
                continue
            paths = {heading: titles.path(heading) for heading in page.headings}
            columns = {
                _dotted(at or (heading,)): read.letter(number)
                for number, (heading, at) in reversed(list(enumerate(paths.items())))
            }
            for raw in page.rows:
                yield raw if isinstance(raw, Refusal) else _unflattened(raw, paths, columns)


def _unflattened(raw: Raw, paths: dict[str, titles.Steps | None], columns: dict[str, str]) -> Raw:
    """Cells put where JSON has them; a heading that the standard does not know stays as it is.

    `columns` names the column of each field, for what is missing; of those that come again, the
    last that holds something is meant.
    """
    grant: dict[str, Any] = {}
    letters = dict(columns)
    for heading, cell in raw.values.items():
        at = paths.get(heading)
        if titles.blank_cell(cell):
            continue
        if not titles.put(grant, at, heading, cell):
            raw.remarks.append((heading, cell, "a second column of this name says otherwise"))
        letters[_dotted(at or (heading,))] = raw.letters[heading]
    return Raw(raw.where, grant, letters, raw.remarks, raw)


def _dotted(at: titles.Steps) -> str:
    return ".".join(str(step) for step in at if not isinstance(step, int))
