"""Members name a group's slug without its parliament, and four parliaments share slugs.

Joined by the slug alone, a convener of Holyrood's cancer group would be a member of Westminster's.
A row is refused where the slug is no Westminster group's, where the office is one that only other
parliaments have, or where the member sits elsewhere: never in a row that only Westminster can have
(a place on a member list, or one of its own offices).

And a row that calls someone a member of parliament without the number every member has is refused:
under it stand companies, staff and private people read off a group's own page, and these did not
ask to be on a public map.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tieline.loaders.values import blank, text

Found = tuple[str, object, str, str]

GROUPS, MEMBERS = "groups_uk.csv", "members_uk.csv"
ELSEWHERE = frozenset(
    ("Convener", "Deputy Convener", "Co-Convener", "Chairperson", "Vice-Chairperson", "Vice-Chair")
)
WESTMINSTER = frozenset(("Officer", "Chair & Registered Contact", "Co-Chair", "Vice Chair"))
_REASON = "of a group in another parliament"
_UNKNOWN = "not known to sit in parliament, and may be a private person or no person at all"
_MEND = "Load it from that parliament's own register."


class Check:
    """Whether a row of members is of a group at Westminster."""

    def __init__(self, folder: Path) -> None:
        self._groups = {row["slug"] for row in _rows(folder / GROUPS)}
        self._here = {_person(row) for row in _rows(folder / MEMBERS) if _only_here(row)}

    def __call__(self, row: Mapping[str, Any]) -> Found | None:
        slug, role = text(row.get("appg", "")), text(row.get("officer_role", ""))
        if self._groups and slug not in self._groups:
            return "appg", slug, f"{_REASON}: no group here has this slug", _MEND
        if role in ELSEWHERE:
            return "officer_role", role, f"{_REASON}: no group here has such an office", _MEND
        if row.get("member_type") != "mp":
            return None
        if blank(row.get("twfy_id")):
            return "twfy_id", None, _UNKNOWN, "Give the number of TheyWorkForYou, if they have one."
        if _person(row) not in self._here:
            return "name", row.get("name"), f"{_REASON}: the member sits there", _MEND
        return None


def check(path: Path, table: str) -> Check | None:
    """For the table of members; the register of groups lies beside it."""
    return Check(path.parent) if table == "members" else None


def _only_here(row: Mapping[str, str]) -> bool:
    return row["source"] != "parliament" or row["officer_role"] in WESTMINSTER


def _person(row: Mapping[str, Any]) -> str:
    known, name = row.get("twfy_id"), row.get("name")
    return text(name) if blank(known) else text(known)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """None where the file is not there."""
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.DictReader(stream)
