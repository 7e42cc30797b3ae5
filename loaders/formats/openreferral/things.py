"""An organisation or a service, as a page nests it or as a table's row gives it."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.entries import entries
from tieline.loaders.formats.openreferral import words
from tieline.loaders.formats.openreferral.words import Entry
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_name
from tieline.schema.records import Row

_NEED = "Every organisation and service needs one."


def service(source: Source, raw: Raw, notes: Notes, areas: bool = True) -> Row | Refusal:
    """A project, who leads it, what it is about and where; `areas` False: these are elsewhere."""
    draft, entry = Draft(source, raw, notes), dict(raw.values)
    local = draft.need("id", entry.pop("id", None), values.name, _NEED)
    uid = f"{source.slug}:service:{local}"
    date = _changed(draft, entry)
    _led(draft, entry, uid)
    if areas:
        _themes(draft, entry, uid)
        _served(draft, entry, uid)
    fields = {
        "title": draft.need("name", entry.pop("name", None), values.name, _NEED),
        "description": draft.read("description", entry.pop("description", None), values.discreet),
        "status": _state(draft, entry.pop("status", None)),
        "also_known_as": _other(draft, entry),
        "web_page": draft.read("url", entry.pop("url", None), values.url, soft=True),
    }
    words.rest(draft, entry)
    return draft.finish(uid, "project", fields, date, _known(source, "project", local))


def organisation(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """An organisation with its registered numbers, parent, base and services."""
    draft, entry = Draft(source, raw, notes), dict(raw.values)
    local = draft.need("id", entry.pop("id", None), values.name, _NEED)
    uid = f"{source.slug}:organization:{local}"
    date = _changed(draft, entry)
    fields, ids = _organisation(draft, entry, local)
    draft.need("name", fields["name"], values.name, _NEED)
    _within(draft, entry, uid)
    _themes(draft, entry, uid)
    for each in _based(draft, entry):
        draft.say("BASED_IN", uid, each.uid)
    for inner in entries(draft, entry, "services"):
        _runs(draft, inner, uid)
    words.rest(draft, entry)
    return draft.finish(uid, "organisation", fields, date, ids)


def _known(source: Source, kind: str, local: str | None) -> list[str]:
    make = words.service_id if kind == "project" else words.organisation_id
    return [make(source.slug, local)] if local else []


def _changed(draft: Draft, entry: Entry) -> str:
    said = [
        draft.read(name, entry.pop(name, None), values.day, soft=True)
        for name in ("last_modified", "assured_date")
    ]
    return next((each for each in said if each), "")


def _state(draft: Draft, said: Any) -> str | None:
    found = draft.read("status", said, values.text, soft=True)
    return words.STATES.get(found.casefold(), found) if found else None


def _other(draft: Draft, entry: Entry) -> list[str]:
    found = draft.read("alternate_name", entry.pop("alternate_name", None), values.name, soft=True)
    return [found] if found else []


def _organisation(draft: Draft, entry: Entry, local: str | None) -> tuple[Entry, list[str]]:
    """Its fields, and what it is known by."""
    name = draft.read("name", entry.pop("name", None), values.name)
    web = [
        draft.read(key, entry.pop(key, None), values.url, soft=True) for key in ("website", "url")
    ]
    ids = _known(draft.source, "organisation", local)
    registered, others = numbers(draft, entries(draft, entry, "organization_identifiers"))
    ids += registered
    ids += [by_name("organisation", name, draft.source.slug)] if name else []
    fields = {
        "name": name,
        "also_known_as": _other(draft, entry),
        "said_ids": others,
        "url": next((each for each in web if each), None),
        "kind": draft.read("legal_status", entry.pop("legal_status", None), values.text, soft=True),
        "about": draft.read("description", entry.pop("description", None), values.discreet),
    }
    return fields, ids


def numbers(draft: Draft, found: list[Entry]) -> tuple[list[str], list[str]]:
    """(registered numbers, those of no register known here, kept as text)."""
    sound: list[str] = []
    others: list[str] = []
    for entry in found:
        scheme, sort, value = (
            draft.read(f"organization_identifiers.{name}", entry.get(name), values.name, soft=True)
            for name in ("identifier_scheme", "identifier_type", "identifier")
        )
        if not value:
            continue
        said = words.number(scheme or "", sort or "", value)
        read = draft.identifiers("organization_identifiers.identifier", "organisation", [said])
        sound += read
        others += [] if read else [said]
    return sound, others


def _within(draft: Draft, entry: Entry, uid: str) -> None:
    parent = draft.read(
        "parent_organization_id", entry.pop("parent_organization_id", None), values.name
    )
    if parent:
        ids = [words.organisation_id(draft.source.slug, parent)]
        whole = draft.mention("parent", "organisation", {}, ids)
        draft.say("PART_OF", uid, whole.uid)


def _led(draft: Draft, entry: Entry, uid: str) -> None:
    """The organisation that runs the service: nested, or by its id."""
    own = draft.read("organization_id", entry.pop("organization_id", None), values.name)
    for inner in entries(draft, entry, "organization"):
        local = draft.read("organization.id", inner.pop("id", None), values.name) or own
        fields, ids = _organisation(draft, inner, local)
        if not ids:
            continue
        lead = draft.mention("organisation", "organisation", fields, ids)
        draft.say("LEADS", lead.uid, uid)
        _within(draft, inner, lead.uid)
        for each in _based(draft, inner):
            draft.say("BASED_IN", lead.uid, each.uid)
        words.rest(draft, inner)
        return
    if own:
        ids = [words.organisation_id(draft.source.slug, own)]
        draft.say("LEADS", draft.mention("organisation", "organisation", {}, ids).uid, uid)
    else:
        draft.warn("organization_id", None, "missing: nobody is known to run it")


def _runs(draft: Draft, inner: Entry, uid: str) -> None:
    local = draft.read("services.id", inner.pop("id", None), values.name)
    title = draft.read("services.name", inner.pop("name", None), values.name, soft=True)
    if local:
        found = draft.mention(
            "service", "project", {"title": title}, _known(draft.source, "project", local)
        )
        draft.say("LEADS", uid, found.uid)


def _themes(draft: Draft, entry: Entry, uid: str) -> None:
    """Terms: `attributes` now, `service_taxonomys` (or -ies) in older feeds; else plain words."""
    for key in ("attributes", "service_taxonomys", "service_taxonomies"):
        for each in entries(draft, entry, key):
            term = each.get("taxonomy_term") or each.get("taxonomy")
            if not isinstance(term, dict):
                label = each.get("value") if each.get("value") else each.get("label")
                term = {"name": label, "taxonomy": f"{draft.source.slug}-attributes"}
            if found := words.theme(draft, term, key):
                draft.say("WORKS_ON", uid, found.uid)


def _served(draft: Draft, entry: Entry, uid: str) -> None:
    """Its areas; where it names none, the towns in which it is given."""
    areas = [
        found
        for each in entries(draft, entry, "service_areas")
        if (found := words.area(draft, each, "service_areas"))
    ]
    at = entries(draft, entry, "service_at_locations")
    held: Entry = {"locations": [each.get("location") for each in at]}
    towns = _based(draft, held, "location") if not areas else []
    for each in areas or towns:
        draft.say("SERVES", uid, each.uid)


def _based(draft: Draft, entry: Entry, role: str = "base") -> list[Any]:
    """The towns (or postcode districts) of its locations; no street, no point on a map."""
    found = []
    places = [*entries(draft, entry, "locations"), *entries(draft, entry, "location")]
    for place in places:
        for key in ("addresses", "physical_addresses"):
            for each in entries(draft, place, key):
                found.append(words.town(draft, role, *words.address(draft, each, key)))
    return [each for each in found if each]
