"""The standard's words, those of older feeds, and what is left out on purpose."""

import re
from collections.abc import Mapping
from typing import Any

from tieline.loaders import values
from tieline.loaders.interpret import Draft
from tieline.schema.identifiers import by_local, by_name, by_theme
from tieline.schema.records import Record

Entry = dict[str, Any]

# Of people, or of where and how to reach them: never stored.
PERSONAL = frozenset(
    ("contact", "contacts", "phone", "phones", "email", "assurer_email", "attention")
)
# Of a service's running: no part of who is tied to whom.
PASSED = frozenset(
    "accessibility accessibility_for_disabilities accreditation accreditations additional_urls "
    "additional_websites alert application_process capacities capacity cost_option cost_options "
    "costs_option costs_options eligibilities eligibility eligibility_description eligibilitys "
    "extent extent_type fees fees_description funding holiday_schedules interpretation_services "
    "language languages licenses links logo maximum_age metadata minimum_age program programs "
    "regular_schedules required_documents reviews schedule schedules service_capacities tax_id "
    "tax_status unit units uri wait_time year_incorporated attending_access attending_type "
    "deliverable_type".split()
)
CHARITY, COMPANY = ("UK-CHTY", "UK-CHC", "CHC"), ("UK-CO", "UK-COH", "COH")
STATES = {"active": "running", "inactive": "not running", "defunct": "ended"}
LONGEST = 80  # letters of a place's name; more is a sentence
_GSS = re.compile(r"\b[EJKLMNSW]\d{8}\b")


def organisation_id(slug: str, local: str) -> str:
    return by_local(slug, "organisation", local)


def service_id(slug: str, local: str) -> str:
    return by_local(slug, "project", local)


def number(scheme: str, sort: str, said: str) -> str:
    """A registered number as it is written elsewhere: GB-CHC-1122334."""
    plain, words = scheme.upper().replace(" ", ""), sort.casefold()
    if plain in CHARITY or (not plain.startswith("GB-") and "charity" in words):
        bare = said.upper().replace(" ", "")
        return f"GB-SC-{bare}" if bare.startswith("SC") else f"GB-CHC-{bare}"
    if plain in COMPANY or (not plain.startswith("GB-") and "company" in words):
        return f"GB-COH-{said}"
    return said if said.upper().startswith(f"{plain}-") else f"{plain}-{said}"


def theme(draft: Draft, term: Mapping[str, Any], field: str) -> Record | None:
    """A term by its code or name in its vocabulary, and by the feed's own id for it."""
    code, label, own = (
        draft.read(f"{field}.{name}", term.get(name), values.name, soft=True)
        for name in ("code", "name", "id")
    )
    label = label or draft.read(f"{field}.term", term.get("term"), values.name, soft=True) or code
    scheme = vocabulary(draft, term, field)
    ids = [by_theme(scheme, code or label.casefold())] if code or label else []
    ids += [by_local(draft.source.slug, "theme", own)] if own else []
    if not ids:
        return None
    fields = {"label": label, "scheme": scheme, "code": code}
    return draft.mention("theme", "theme", fields, ids)


def vocabulary(draft: Draft, term: Mapping[str, Any], field: str) -> str:
    """The scheme a term is of: newer feeds say taxonomy, older ones vocabulary."""
    for name in ("taxonomy", "vocabulary", "taxonomy_id"):
        said = term.get(name)
        said = said.get("name") if isinstance(said, dict) else said
        if found := draft.read(f"{field}.{name}", said, values.name, soft=True):
            return "-".join(str(found).casefold().split())
    return draft.source.slug


def area(draft: Draft, entry: Mapping[str, Any], field: str) -> Record | None:
    """A served area by the code in it, else by its name; a sentence is no place."""
    name = next(
        (entry[k] for k in ("name", "service_area") if not values.blank(entry.get(k))), None
    )
    codes = [
        found[0]
        for key in ("extent", "uri", "code", "id", "name")
        if (found := _GSS.search(str(entry.get(key) or "")))
    ]
    said = draft.read(f"{field}.name", name, values.text, soft=True)
    if said and (len(said) > LONGEST or said.endswith(".")):
        draft.warn(f"{field}.name", said, "a sentence, not the name of a place: left out")
        said = None
    if codes and (ids := draft.identifiers(f"{field}.code", "place", [f"GSS-{codes[0]}"])):
        return draft.mention("area", "place", {"name": said, "gss": codes[0]}, ids)
    return town(draft, "area", said, None) if said else None


def town(draft: Draft, role: str, name: str | None, district: str | None) -> Record | None:
    """A place by its town, else by the first half of its postcode."""
    if not name and not district:
        return None
    fields = {"name": name or district, "kind": None if name else "postcode district"}
    return draft.mention(role, "place", fields, [by_name("place", name or district or "")])


def address(draft: Draft, entry: Mapping[str, Any], field: str) -> tuple[str | None, str | None]:
    """(town, postcode district): all that is kept of an address."""
    said = draft.read(f"{field}.city", entry.get("city"), values.name, soft=True)
    code = draft.read(f"{field}.postal_code", entry.get("postal_code"), values.district, soft=True)
    return said, code


def rest(draft: Draft, entry: Mapping[str, Any]) -> None:
    """What of a row is left on purpose, and what nothing asks for."""
    for name, value in entry.items():
        if values.blank(value):
            continue
        if name in PERSONAL or name in PASSED:
            draft.notes.left[name] += 1
        else:
            draft.unread(name, value)
