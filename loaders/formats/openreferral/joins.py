"""Rows of a package that join two things by the feed's ids: terms, areas, locations, numbers."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.openreferral import things, words
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_local, by_theme
from tieline.schema.records import STATEMENT, Record, Row, digest

_IDS = "Each row names the rows that it joins by their ids."


class Towns:
    """Which town a location lies in, and which services name areas of their own; kept on disk."""

    def __init__(self, kept: sqlite3.Connection) -> None:
        self._kept = kept
        kept.execute("CREATE TABLE town (location PRIMARY KEY, town, district) WITHOUT ROWID")
        kept.execute("CREATE TABLE area (service PRIMARY KEY) WITHOUT ROWID")

    def add(self, table: str, cells: Mapping[str, Any]) -> None:
        if table == "service_area":
            own = values.text(cells.get("service_id") or "")
            self._kept.execute("INSERT OR IGNORE INTO area VALUES (?)", (own,))
            return
        said = [_or_none(how, cells.get(name)) for name, how in _PARTS]
        if said[0] and (said[1] or said[2]):
            self._kept.execute("INSERT OR IGNORE INTO town VALUES (?, ?, ?)", said)

    def of(self, location: str) -> tuple[str | None, str | None]:
        asked = "SELECT town, district FROM town WHERE location = ?"
        found: tuple[str | None, str | None] | None = self._kept.execute(
            asked, (location,)
        ).fetchone()
        return found or (None, None)

    def has_area(self, service: str) -> bool:
        asked = "SELECT 1 FROM area WHERE service = ?"
        return self._kept.execute(asked, (service,)).fetchone() is not None

    def close(self) -> None:
        self._kept.close()


_PARTS = (("location_id", values.name), ("city", values.name), ("postal_code", values.district))


def _or_none(how: values.Reader, value: Any) -> Any:
    try:
        return None if values.blank(value) else how(value)
    except Unreadable:
        return None


class _Join:
    """A row that joins; its draft, cells and uid."""

    def __init__(self, table: str, source: Source, raw: Raw, notes: Notes) -> None:
        self.draft, self.cells = Draft(source, raw, notes), dict(raw.values)
        self.slug = source.slug
        own = self.draft.read("id", self.cells.pop("id", None), values.name)
        self.uid = f"{self.slug}:{table}:{own or digest(self.cells)}"

    def id(self, name: str, need: bool = True) -> str | None:
        said = self.cells.pop(name, None)
        found: str | None = (
            self.draft.need(name, said, values.name, _IDS)
            if need
            else self.draft.read(name, said, values.name)
        )
        return found

    def thing(self, kind: str, local: str) -> Record:
        made = words.service_id if kind == "project" else words.organisation_id
        return self.draft.mention(kind, kind, {}, [made(self.slug, local)])

    def done(self) -> Row | Refusal:
        words.rest(self.draft, self.cells)
        return self.draft.finish(self.uid, STATEMENT, {})


def term(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """A term of a vocabulary; its parent is broader."""
    draft, cells = Draft(source, raw, notes), dict(raw.values)
    own = draft.need("id", cells.pop("id", None), values.name, "Every term needs one.")
    label = draft.need("name", cells.pop("name", None), values.name, "Every term needs one.")
    code = draft.read("code", cells.pop("code", None), values.name)
    scheme = words.vocabulary(draft, cells, "term")
    for name in ("taxonomy", "vocabulary", "taxonomy_id", "term_uri", "language"):
        cells.pop(name, None)
    uid = f"{source.slug}:taxonomy_term:{own}"
    note = draft.read("description", cells.pop("description", None), values.prose)
    if parent := draft.read("parent_id", cells.pop("parent_id", None), values.name):
        above = draft.mention("parent", "theme", {}, [by_local(source.slug, "theme", parent)])
        draft.say("BROADER", uid, above.uid)
    words.rest(draft, cells)
    ids = [
        by_local(source.slug, "theme", own or ""),
        by_theme(scheme, code or (label or "").casefold()),
    ]
    fields = {"label": label, "scheme": scheme, "code": code, "note": note}
    return draft.finish(uid, "theme", fields, "", ids)


def attribute(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """A service or an organisation works on a term; older tables name the service outright."""
    join = _Join("attribute", source, raw, notes)
    service = join.id("service_id", need=False)
    linked = service or join.id("link_id")
    kind = "project" if service else _linked(join)
    own = join.id("taxonomy_term_id", need=False) or join.id("taxonomy_id", need=False)
    label = join.cells.pop("value", None) or join.cells.pop("label", None)
    join.cells = {k: v for k, v in join.cells.items() if k not in ("label", "taxonomy_detail")}
    entry = {"name": label, "taxonomy": f"{source.slug}-attributes"}
    if own:
        ids = [by_local(source.slug, "theme", own)]
        about: Record | None = join.draft.mention("theme", "theme", {}, ids)
    else:
        about = words.theme(join.draft, entry, "attribute")
    if about is None:
        join.draft.problem("taxonomy_term_id", None, "missing", _IDS)
    elif kind and linked:
        join.draft.say("WORKS_ON", join.thing(kind, linked).uid, about.uid)
    return join.done()


def _linked(join: _Join) -> str | None:
    """Which table an attribute is of; of others than these nothing is kept."""
    said = [join.id(name, need=False) for name in ("link_entity", "link_type")]
    found = next((each.casefold() for each in said if each), "service")
    if found in ("service", "organization", "organisation"):
        return "project" if found == "service" else "organisation"
    join.draft.warn("link_entity", found, "of neither a service nor an organisation: left out")
    return None


def area(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """A service serves an area."""
    join = _Join("service_area", source, raw, notes)
    service = join.id("service_id")
    found = words.area(join.draft, join.cells, "service_area")
    for name in ("name", "service_area", "uri", "code", "description"):
        join.cells.pop(name, None)
    if service and found:
        join.draft.say("SERVES", join.thing("project", service).uid, found.uid)
    return join.done()


def located(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """A service that names no area serves the town of its location."""
    join = _Join("service_at_location", source, raw, notes)
    service, location = join.id("service_id"), join.id("location_id")
    join.cells.pop("description", None)
    if service and location and not towns.has_area(service):
        if found := words.town(join.draft, "area", *towns.of(location)):
            join.draft.say("SERVES", join.thing("project", service).uid, found.uid)
    return join.done()


def location(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """An organisation is based in the town of its location. No point on a map is kept."""
    own = values.text(raw.values.get("id") or "")
    join = _Join("location", source, raw, notes)
    organisation = join.id("organization_id", need=False)
    if organisation and (found := words.town(join.draft, "base", *towns.of(own))):
        join.draft.say("BASED_IN", join.thing("organisation", organisation).uid, found.uid)
    for name in [name for name, value in join.cells.items() if not values.blank(value)]:
        join.draft.notes.left[f"location.{name}"] += 1
    join.cells = {}
    return join.done()


def numbered(source: Source, raw: Raw, notes: Notes, towns: Towns) -> Row | Refusal:
    """A registered number of an organisation: a further record of it."""
    join = _Join("organization_identifier", source, raw, notes)
    organisation = join.id("organization_id")
    ids, others = things.numbers(join.draft, [dict(join.cells)])
    for name in ("identifier_scheme", "identifier_type", "identifier"):
        join.cells.pop(name, None)
    words.rest(join.draft, join.cells)
    ids += [words.organisation_id(source.slug, organisation)] if organisation else []
    return join.draft.finish(join.uid, "organisation", {"said_ids": others}, "", ids)


TABLES: dict[str, Callable[[Source, Raw, Notes, Towns], Row | Refusal]] = {
    "taxonomy_term": term, "taxonomy": term, "attribute": attribute, "service_attribute": attribute,
    "service_taxonomy": attribute, "link_taxonomy": attribute, "service_area": area,
    "service_at_location": located, "location": location, "organization_identifier": numbered,
}  # fmt: skip
