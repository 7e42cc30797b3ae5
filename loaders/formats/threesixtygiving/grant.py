"""One 360Giving grant to records."""

import datetime
import re
from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.entries import Entry, entries, held, rest
from tieline.loaders.formats.threesixtygiving.recipients import organisation, place
from tieline.loaders.interpret import Draft
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Unreadable
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.identifiers import by_local, by_theme
from tieline.schema.records import Row

# Money's way and papers: no part of who is tied to whom.
LEFT = (
    "amountAppliedFor", "amountDisbursed", "applicationTransaction", "commitmentTransaction",
    "disbursementTransaction", "relatedDocument", "recipientIndividual",
)  # fmt: skip
KEPT = {
    "regrantType": "regrant_type",
    "locationScope": "location_scope",
    "dataSource": "data_source",
}
_MENDS = {
    "id": "Give every grant an identifier of its own, such as 360G-yourfund-0001.",
    "title": "Give the grant a title: in one line, what it is for.",
    "fundingOrganization": "Say who gave it: Funding Org:Identifier and Funding Org:Name.",
    "recipientOrganization": "Say who got it: Recipient Org:Identifier and Recipient Org:Name.",
}


def interpret(source: Source, raw: Raw, notes: Notes) -> Row | Refusal:
    """A project, those who fund and lead it, where it works and on what."""
    draft, grant = Draft(source, raw, notes), dict(raw.values)
    local = draft.need("id", grant.pop("id", None), values.name, _MENDS["id"])
    uid = f"{source.slug}:{local}"
    awarded = draft.read("awardDate", grant.pop("awardDate", None), values.day)
    changed = draft.read("dateModified", grant.pop("dateModified", None), values.day, soft=True)
    date = changed or awarded or ""
    fields = _described(draft, grant) | _dated(draft, grant, awarded)
    _funders(draft, grant, uid, fields.get("amount"), date)
    _recipients(draft, grant, uid, date)
    _places(draft, grant, uid, date)
    _themes(draft, grant, uid, date)
    fields |= _kept(draft, grant)
    for name, value in grant.items():
        if held(value):
            draft.unread(name, value)
    ids = [by_local(source.slug, "project", local)] if local else []
    return draft.finish(uid, "project", fields, date, ids)


def _described(draft: Draft, grant: Entry) -> Entry:
    currency = draft.read("currency", grant.pop("currency", None), _currency)
    amount = draft.read("amountAwarded", grant.pop("amountAwarded", None), values.amount)
    if amount is None or (amount and not currency):
        missing = "currency" if amount else "amountAwarded"
        draft.warn(missing, None, "missing")
    if amount is not None and amount < 0:
        draft.warn("amountAwarded", amount, "less than nothing: kept as it is")
    description = grant.pop("description", None)
    if values.blank(description):
        draft.warn("description", None, "missing")
    return {
        "title": draft.need("title", grant.pop("title", None), values.name, _MENDS["title"]),
        "description": draft.read("description", description, values.discreet),
        "amount": amount,
        "currency": currency,
    }


def _currency(value: Any) -> str:
    said = values.text(value).upper()
    if said in ("£", "GB POUNDS"):
        return "GBP"
    if not re.fullmatch("[A-Z]{3}", said):
        raise Unreadable("not a currency", "Write its three letters, such as GBP.")
    return said


def _dated(draft: Draft, grant: Entry, awarded: str | None) -> Entry:
    """When it runs: as it happened, else as planned; from its award if nothing says more."""
    if not awarded:
        draft.warn("awardDate", None, "missing")
    found: dict[str, tuple[str | None, str | None]] = {}
    for key in ("actualDates", "plannedDates"):
        spans = [_span(draft, key, entry) for entry in entries(draft, grant, key)]
        starts, ends = [s for s, _ in spans if s], [e for _, e in spans if e]
        found[key] = (min(starts, default=None), max(ends, default=None))
    (began, ended), (start, end) = found["actualDates"], found["plannedDates"]
    starts_, ends_ = began or start or awarded, ended or end
    if starts_ and ends_ and ends_ < starts_:
        draft.warn("plannedDates.endDate", ends_, "before the start: left out")
        ends_ = None
    return {"starts": starts_, "ends": ends_}


def _span(draft: Draft, key: str, entry: Entry) -> tuple[str | None, str | None]:
    start = draft.read(f"{key}.startDate", entry.pop("startDate", None), values.day)
    end = draft.read(f"{key}.endDate", entry.pop("endDate", None), values.day)
    months = draft.read(f"{key}.duration", entry.pop("duration", None), values.number, soft=True)
    for name in ("title", "description", "dateModified"):
        entry.pop(name, None)
    rest(draft, key, entry)
    if start and not end and months and 0 < months < 600:
        end = _later(start, round(months))
    return start, end


def _later(start: str, months: int) -> str:
    """The day before the same day `months` on."""
    day = datetime.date.fromisoformat(start)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = datetime.date(year, month + 1, 1)
    return min(first + datetime.timedelta(day.day - 2), _last(first)).isoformat()


def _last(first: datetime.date) -> datetime.date:
    after = (first + datetime.timedelta(32)).replace(day=1)
    return after - datetime.timedelta(1)


def _funders(draft: Draft, grant: Entry, uid: str, amount: float | None, date: str) -> None:
    funders = entries(draft, grant, "fundingOrganization")
    if not funders:
        _absent(draft, "fundingOrganization")
    for entry in funders:
        found = organisation(draft, "funder", "fundingOrganization", entry, date)
        rest(draft, "fundingOrganization", entry)
        draft.say("FUNDS", found.uid, uid, amount=amount if len(funders) == 1 else None)


def _recipients(draft: Draft, grant: Entry, uid: str, date: str) -> None:
    """Grants to individuals load without the individual."""
    recipients = entries(draft, grant, "recipientOrganization")
    individual = grant.get("recipientIndividual")
    if not recipients and values.blank(individual):
        _absent(draft, "recipientOrganization")
    for entry in recipients:
        found = organisation(draft, "recipient", "recipientOrganization", entry, date)
        rest(draft, "recipientOrganization", entry)
        draft.say("LEADS", found.uid, uid)


def _absent(draft: Draft, key: str) -> None:
    """Missing, unless it is there and was found unreadable."""
    if all(field != key for field, *_ in draft.problems):
        draft.problem(key, None, "missing", _MENDS[key])


def _places(draft: Draft, grant: Entry, uid: str, date: str) -> None:
    for entry in entries(draft, grant, "beneficiaryLocation"):
        found = place(draft, "place", "beneficiaryLocation", entry, date)
        rest(draft, "beneficiaryLocation", entry)
        if found:
            draft.say("SERVES", uid, found.uid)


def _themes(draft: Draft, grant: Entry, uid: str, date: str) -> None:
    for entry in entries(draft, grant, "classifications"):
        vocabulary, code, title = (
            draft.read(f"classifications.{name}", entry.pop(name, None), values.name)
            for name in ("vocabulary", "code", "title")
        )
        for name in ("description", "url", "dateModified"):
            entry.pop(name, None)
        rest(draft, "classifications", entry)
        if code or title:
            scheme = "-".join((vocabulary or draft.source.slug).casefold().split())
            fields = {"label": title or code, "scheme": scheme, "code": code}
            ids = [by_theme(scheme, code or title.casefold())]
            found = draft.mention("theme", "theme", fields, ids, date)
            draft.say("WORKS_ON", uid, found.uid)


def _kept(draft: Draft, grant: Entry) -> Entry:
    """What no entity shows, but the record of what the funder said keeps."""
    programmes = entries(draft, grant, "grantProgramme")
    kinds = entries(draft, grant, "fundingType")
    open_call = draft.read("fromOpenCall", grant.pop("fromOpenCall", None), values.yes, soft=True)
    for name in LEFT:
        if held(grant.pop(name, None)):
            draft.notes.left[name] += 1
    texts = {KEPT[key]: grant.pop(key, None) for key in KEPT}
    return {
        "programme": _titles(draft, "grantProgramme", programmes, "title"),
        "programme_code": _titles(draft, "grantProgramme", programmes, "code"),
        "funding_type": _titles(draft, "fundingType", kinds, "title"),
        "open_call": open_call,
        "web_page": draft.read("url", grant.pop("url", None), values.url, soft=True),
        **{name: draft.read(name, text, values.text, soft=True) for name, text in texts.items()},
    }


def _titles(draft: Draft, key: str, found: list[Entry], name: str) -> list[str]:
    said = [draft.read(f"{key}.{name}", entry.get(name), values.text, soft=True) for entry in found]
    return [each for each in said if each]
