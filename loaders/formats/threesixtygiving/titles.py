"""The headings of 360Giving sheets, and where JSON has the same thing.

`Recipient Org:Location:0:Geographic Code` is recipientOrganization, 0, location, 0, geoCode. Seen
in real files and read alike: a space after the colon, other case, `recipientOrganization/0/id`, and
a column that comes twice (the second is the second entry).
"""

import re
from itertools import pairwise
from typing import Any

from tieline.loaders.values import blank

Steps = tuple[str | int, ...]

GROUPS = {
    "recipient org": "recipientOrganization",
    "funding org": "fundingOrganization",
    "recipient ind": "recipientIndividual",
    "beneficiary location": "beneficiaryLocation",
    "planned dates": "plannedDates",
    "actual dates": "actualDates",
    "grant programme": "grantProgramme",
    "classifications": "classifications",
    "funding type": "fundingType",
    "location": "location",
}
FIELDS = {
    "identifier": "id",
    "amount applied for": "amountAppliedFor",
    "amount awarded": "amountAwarded",
    "amount disbursed": "amountDisbursed",
    "award date": "awardDate",
    "last modified": "dateModified",
    "from an open call?": "fromOpenCall",
    "web address": "url",
    "city": "addressLocality",
    "county": "addressRegion",
    "country": "addressCountry",
    "phone number": "telephone",
    "alternative name": "alternateName",
    "geographic code": "geoCode",
    "geographic code type": "geoCodeType",
    "duration (months)": "duration",
}
PLAIN = (
    "id title description currency url dataSource dateModified amountAppliedFor amountAwarded "
    "amountDisbursed awardDate fromOpenCall regrantType locationScope relatedActivity name "
    "charityNumber companyNumber streetAddress addressLocality addressRegion addressCountry "
    "postalCode telephone alternateName email organisationType department contactName geoCode "
    "geoCodeType countryCode latitude longitude startDate endDate duration code vocabulary"
).split()


def _plain(title: str) -> str:
    return re.sub(r"[\s_-]+", "", title).casefold()


_GROUPS = {_plain(k): v for k, v in GROUPS.items()} | {_plain(v): v for v in GROUPS.values()}
_FIELDS = {_plain(v): v for v in PLAIN} | {_plain(k): v for k, v in FIELDS.items()}


def path(heading: str) -> Steps | None:
    """Where JSON has a column's value, None for a heading that is not of the standard."""
    repeat = re.search(r" \((\d+)\)$", heading)
    parts = re.split(r"\s*[:/]\s*", heading[: repeat.start()] if repeat else heading)
    *above, last = [part for part in parts if part]
    found: list[str | int] = []
    for part in above:
        if part.isdigit() and found:
            found[-1] = min(int(part), 99)
        elif _plain(part) in _GROUPS:
            found += [_GROUPS[_plain(part)], 0]
        else:
            return None
    if repeat and found:
        found[-1] = min(int(repeat[1]) - 1, 99)
    if _plain(last) in _GROUPS and not found:
        return (_GROUPS[_plain(last)],)
    return (*found, _FIELDS[_plain(last)]) if _plain(last) in _FIELDS else None


def put(grant: dict[str, Any], at: Steps | None, heading: str, cell: Any) -> bool:
    """Set the value there; False where another value stands already."""
    here: Any = grant
    steps = at or (heading,)
    for step, following in pairwise(steps):
        if isinstance(step, int):
            here.extend({} for _ in range(step + 1 - len(here)))
            here = here[step]
        else:
            here = here.setdefault(step, [] if isinstance(following, int) else {})
        if not isinstance(here, list | dict):
            return False
    key = steps[-1]
    if here.get(key, cell) != cell:
        return False
    here[key] = cell
    return True


def fit(headings: list[str]) -> bool:
    """Headings of a sheet of grants: at least two, and one that a grant alone has."""
    known = {path(heading) for heading in headings} - {None}
    own = {"currency", "amountAwarded", "awardDate"}
    return len(known) > 1 and any(at and (len(at) > 1 or at[0] in own) for at in known)


def blank_cell(cell: Any) -> bool:
    return blank(cell, frozenset({""}))
