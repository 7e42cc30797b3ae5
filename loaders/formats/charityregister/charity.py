"""One line of the register's main table: a charity, or a charity linked to one."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_name
from tieline.schema.records import Row

Cells = dict[str, Any]

LEFT = (
    *(f"charity_contact_address{number}" for number in range(1, 6)),
    "charity_contact_phone", "charity_contact_email",
)  # fmt: skip
# Figures and states that age, and ids of no use elsewhere.
PASSED = frozenset(
    "date_of_extract organisation_number charity_reporting_status "
    "latest_acc_fin_period_start_date latest_acc_fin_period_end_date latest_income "
    "latest_expenditure charity_insolvent charity_in_administration charity_previously_excepted "
    "charity_is_cdf_or_cif charity_is_cio cio_is_dissolved date_cio_dissolution_notice "
    "charity_gift_aid charity_has_land".split()
)
_NUMBER = "Every row has its charity's number."


def interpret(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """An organisation by its charity and company numbers, with the district it is based in."""
    draft, cells = Draft(source, raw, notes), dict(raw.values)
    date = draft.read("date_of_extract", cells.get("date_of_extract"), _day, soft=True) or ""
    number, linked = numbers(draft, cells)
    uid = f"{source.slug}:charity:{number}-{linked}"
    name = draft.need("charity_name", cells.pop("charity_name", None), values.name, _NUMBER)
    ids = own(draft, number, linked)
    ids += [by_name("organisation", name, source.slug)] if name and not linked else []
    company = draft.read(
        "charity_company_registration_number",
        cells.pop("charity_company_registration_number", None),
        values.text,
    )
    if company and not linked:
        ids += draft.identifiers("company number", "organisation", [f"GB-COH-{company}"])
    if linked and number:
        draft.say("PART_OF", uid, whole(draft, number, date))
    fields = {"name": name} | _described(draft, cells)
    _based(draft, cells, uid)
    for field, value in cells.items():
        if field in LEFT and not values.blank(value):
            notes.left[field] += 1
        elif field not in LEFT and field not in PASSED and not values.blank(value):
            draft.unread(field, value)
    return draft.finish(uid, "organisation", fields, date, ids, branch=bool(linked))


def numbers(draft: Draft, cells: Cells) -> tuple[str | None, int]:
    """(its charity number, 0 or which of the charities linked to it)."""
    number = draft.need(
        "registered_charity_number", cells.pop("registered_charity_number", None), _digits, _NUMBER
    )
    linked = draft.read("linked_charity_number", cells.pop("linked_charity_number", None), _count)
    return number, linked or 0


def own(draft: Draft, number: str | None, linked: int) -> list[str]:
    """Only the main charity is the number; what is linked to it has the number and its own."""
    said = f"GB-CHC-{number}-{linked}" if linked else f"GB-CHC-{number}"
    return draft.identifiers("registered_charity_number", "organisation", [said] if number else [])


def whole(draft: Draft, number: str, date: str = "") -> str:
    """The main charity, as a linked one names it."""
    ids = draft.identifiers("registered_charity_number", "organisation", [f"GB-CHC-{number}"])
    return draft.mention("charity", "organisation", {}, ids, date).uid if ids else ""


def _described(draft: Draft, cells: Cells) -> Cells:
    kind = draft.read("charity_type", cells.pop("charity_type", None), values.text)
    status = cells.pop("charity_registration_status", None)
    return {
        "kind": kind or "charity",
        "founded": draft.read(
            "date_of_registration", cells.pop("date_of_registration", None), _day
        ),
        "closed": draft.read("date_of_removal", cells.pop("date_of_removal", None), _day),
        "url": draft.read(
            "charity_contact_web", cells.pop("charity_contact_web", None), values.url, soft=True
        ),
        "about": draft.read(
            "charity_activities", cells.pop("charity_activities", None), values.discreet
        ),
        "register_status": draft.read("charity_registration_status", status, values.text),
    }


def _based(draft: Draft, cells: Cells, uid: str) -> None:
    """Of an address only the first half of the postcode: many are a trustee's home."""
    field = "charity_contact_postcode"
    if district := draft.read(field, cells.pop(field, None), values.district, soft=True):
        fields = {"name": district, "kind": "postcode district"}
        base = draft.mention("base", "place", fields, [by_name("place", district)])
        draft.say("BASED_IN", uid, base.uid)


def _digits(value: Any) -> str:
    said = values.text(value)
    if not said.isdigit():
        raise Unreadable("not a charity number", "Write its six or seven digits.")
    return said


def _count(value: Any) -> int:
    return int(values.whole(0, 9999)(value))


def _day(value: Any) -> str:
    return values.day(value)
