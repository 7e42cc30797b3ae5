"""Pages of JSON: an envelope with contents, a bare list, or one organisation or service alone."""

from collections.abc import Iterator
from pathlib import Path

import ijson  # type: ignore[import-untyped]

from tieline.errors import BadInput
from tieline.loaders import document
from tieline.loaders.formats.openreferral import things
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

ENVELOPES = ("contents", "content")
ALONE = 16 << 20  # bytes of one organisation or service
_OWN = (
    b'"organization_identifiers"', b'"organization_id"', b'"organization"', b'"service_at_location',
    b'"service_taxonom', b'"taxonomy_term"', b'"parent_organization_id"',
)  # fmt: skip
_OF_SERVICES = (
    "organization", "organization_id", "service_at_locations", "service_areas", "fees", "status",
    "service_taxonomys", "service_taxonomies", "schedules", "cost_options",
)  # fmt: skip


def files(folder: Path) -> list[Path]:
    """The pages that a folder holds, in order of name."""
    return sorted(folder.glob("*.json"))


def guess(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(1 << 18).replace(b"\x00", b"")
    return any(word in head for word in _OWN)


def rows(path: Path, source: Source, notes: Notes) -> Iterator[Row | Refusal]:
    """Every organisation and service of one page."""
    name = envelope(path)
    for raw in document.items(path, name, notes) if name else _alone(path, notes):
        if isinstance(raw, Refusal):
            yield raw
        elif any(key in raw.values for key in _OF_SERVICES):
            yield things.service(source, raw, notes)
        else:
            yield things.organisation(source, raw, notes)


def envelope(path: Path) -> str | None:
    """What the page calls its list; a bare list's items are called contents; None: no list."""
    with path.open("rb") as stream:
        if stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            return ENVELOPES[0]
    try:
        for prefix, event, value in document.events(path):
            if prefix == "" and event == "map_key" and value in ENVELOPES:
                return str(value)
    except ijson.JSONError:
        return ENVELOPES[0]  # to be told where it is broken
    return None


def _alone(path: Path, notes: Notes) -> Iterator[Raw | Refusal]:
    if path.stat().st_size > ALONE:
        raise BadInput(
            f"{path.name} has no list called {' or '.join(ENVELOPES)}, and is too long to be one "
            "service. Ask for the feed's pages."
        )
    yield from document.items(path, "", notes)
