"""The organisations and places that a 360Giving grant mentions.

An office is kept as a place: by its code, else its town, else the district of its postcode. Street,
full postcode, telephone, e-mail and contact name are not stored: a small group's is often a home.
"""

import re
from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.entries import Entry, entries, held
from tieline.loaders.interpret import Draft
from tieline.schema.identifiers import by_name, scheme
from tieline.schema.records import Record

ORGANISATION = "organisation"
PERSONAL = ("contactName", "telephone", "email", "streetAddress", "addressRegion", "addressCountry")
_NAME = "Write the organisation's name as it calls itself."
PASSED = ("dateModified", "description")


def organisation(draft: Draft, role: str, key: str, entry: Entry, date: str) -> Record:
    """A funder or recipient, with where it is based; its department is a branch of it."""
    name = draft.need(f"{key}.name", entry.pop("name", None), values.name, _NAME)
    said = draft.read(f"{key}.id", entry.pop("id", None), values.name)
    ids = _numbers(draft, key, said, entry)
    kind = draft.read(f"{key}.organisationType", entry.pop("organisationType", None), values.text)
    fields = {
        "name": name,
        "also_known_as": _listed(draft, f"{key}.alternateName", entry.pop("alternateName", None)),
        "kind": kind,
        "url": draft.read(f"{key}.url", entry.pop("url", None), values.url, soft=True),
        "said_id": None if ids else said,
    }
    known = ids or [by_name("organisation", name or "", draft.source.slug)]
    department = draft.read(f"{key}.department", entry.pop("department", None), values.name)
    found = draft.mention(
        f"{role} parent" if department else role, ORGANISATION, fields, known, date
    )
    if department:
        found = _branch(draft, role, found, f"{name}, {department}", date)
    for base in _bases(draft, role, key, entry):
        draft.say("BASED_IN", found.uid, base.uid)
    _leave(draft, key, entry)
    return found


def _branch(draft: Draft, role: str, whole: Record, name: str, date: str) -> Record:
    """The part that was named. It does not carry the whole's number, or two parts would join."""
    ids = [by_name(ORGANISATION, name, draft.source.slug)]
    part = draft.mention(role, ORGANISATION, {"name": name}, ids, date, branch=True)
    draft.say("PART_OF", part.uid, whole.uid)
    return part


def _numbers(draft: Draft, key: str, said: str | None, entry: Entry) -> list[str]:
    """Its id, its charity and company numbers; never two different numbers of one kind."""
    ids = draft.identifiers(f"{key}.id", ORGANISATION, [said] if said else [])
    for name, put in (("charityNumber", _charity), ("companyNumber", "GB-COH-{}".format)):
        number = draft.read(f"{key}.{name}", entry.pop(name, None), values.text, soft=True)
        if not number or (said or "").endswith(f"-{number}"):
            continue
        for found in draft.identifiers(f"{key}.{name}", ORGANISATION, [put(number)]):
            if any(scheme(found) == scheme(each) and found != each for each in ids):
                draft.warn(f"{key}.{name}", number, "not the number in its id: the id stands")
            else:
                ids.append(found)
    return ids


def _charity(number: str) -> str:
    plain = number.upper().replace(" ", "")
    if plain.startswith("SC"):
        return f"GB-SC-{plain}"
    return f"GB-NIC-{plain[3:]}" if plain.startswith("NIC") else f"GB-CHC-{plain}"


def _listed(draft: Draft, field: str, value: Any) -> list[str]:
    said = value if isinstance(value, list) else [value]
    found = [draft.read(field, each, values.text, soft=True) for each in said]
    return [each for each in found if each]


def _bases(draft: Draft, role: str, key: str, entry: Entry) -> list[Record]:
    """Its places by code, else its town, else its postcode's district: an informal place."""
    said = [
        place(draft, f"{role} base", f"{key}.location", each, "")
        for each in entries(draft, entry, "location")
    ]
    town = draft.read(f"{key}.addressLocality", entry.pop("addressLocality", None), values.name)
    code = draft.read(
        f"{key}.postalCode", entry.pop("postalCode", None), values.district, soft=True
    )
    if bases := [each for each in said if each]:
        return bases
    if not town and not code:
        return []
    fields = {"name": town or code, "kind": None if town else "postcode district"}
    ids = [by_name("place", town or code)]
    return [draft.mention(f"{role} base", "place", fields, ids)]


def place(draft: Draft, role: str, key: str, entry: Entry, date: str) -> Record | None:
    """A place by its GSS code, else by its name; None where it has neither."""
    name = draft.read(f"{key}.name", entry.pop("name", None), values.name)
    code = draft.read(f"{key}.geoCode", entry.pop("geoCode", None), values.text)
    ids: list[str] = []
    if code and re.fullmatch(r"[A-Za-z]\d{8}", code):
        ids = draft.identifiers(f"{key}.geoCode", "place", [f"GSS-{code}"])
    elif code:
        draft.warn(f"{key}.geoCode", code, "not a GSS code: the name is used")
    for left in ("id", "geoCodeType", "countryCode", "latitude", "longitude", *PASSED):
        entry.pop(left, None)
    if not ids and name:
        ids = [by_name("place", name)]
    gss = ids[0].removeprefix("GSS-") if ids and ids[0].startswith("GSS-") else None
    return draft.mention(role, "place", {"name": name, "gss": gss}, ids, date) if ids else None


def _leave(draft: Draft, key: str, entry: Entry) -> None:
    for name in PERSONAL:
        if held(entry.pop(name, None)):
            draft.notes.left[f"{key}.{name}"] += 1
    for name in PASSED:
        entry.pop(name, None)
