"""The register of charities: invented rows in the public layout of its extracts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tieline.errors import BadInput
from tieline.loaders.formats import known

Read = Callable[..., Any]

HEADINGS = (
    "date_of_extract organisation_number registered_charity_number linked_charity_number "
    "charity_name charity_type charity_registration_status date_of_registration date_of_removal "
    "latest_income charity_contact_address1 charity_contact_postcode charity_contact_phone "
    "charity_contact_email charity_contact_web charity_company_registration_number "
    "charity_activities"
).split()
MILL = (
    "2024-05-01 00:00:00|1|900101|0|THE \"MILL\" TRUST|Charitable company|Registered|1998-03-02||"
    "1200|12 Home Lane|YO1 7HH|0121 496 0000|ada@example.org|mill.example.org|212481|"
    'Teas" at four, and 5" pies'
).split("|")  # fmt: skip


def extract(folder: Path, *rows: list[str], headings: list[str] = HEADINGS) -> Path:
    path = folder / "publicextract.charity.txt"
    path.write_text("".join("\t".join(row) + "\r\n" for row in [headings, *rows]), "utf-8-sig")
    return path


def changed(**changes: str) -> list[str]:
    return [changes.get(name, cell) for name, cell in zip(HEADINGS, MILL, strict=True)]


def test_a_charity_with_quotes_that_are_only_letters(tmp_path: Path, reading: Read) -> None:
    path = extract(tmp_path, MILL, changed(registered_charity_number="900102", charity_name='"'))
    assert known.guess(path) is known.STANDARDS["charity-register"]
    found = reading(path)
    assert not found.refused and len(found.rows) == 2
    first = found.said["charity:900101-0"]
    assert first["name"] == 'THE "MILL" TRUST' and first["about"] == 'Teas" at four, and 5" pies'
    assert first["founded"] == "1998-03-02" and first["url"] == "http://mill.example.org"
    assert found.rows[0].record.ids == (
        "GB-CHC-900101", "GB-COH-00212481", 'name-organisation-we-the "mill" trust',
    )  # fmt: skip
    assert ('THE "MILL" TRUST', "BASED_IN", "YO1") in found.sentences


def test_no_address_telephone_or_e_mail_is_stored(tmp_path: Path, reading: Read) -> None:
    found = reading(extract(tmp_path, MILL))
    for word in ("Home Lane", "7HH", "0121", "ada@"):
        assert word not in found.text
    assert found.notes.left["charity_contact_phone"] == 1 and not found.notes.unread


def test_only_linked_charity_number_0_is_the_charity(tmp_path: Path, reading: Read) -> None:
    linked = changed(linked_charity_number="3", charity_name="Mill Almshouses")
    found = reading(extract(tmp_path, MILL, linked))
    whole, part = (row.record for row in found.rows)
    assert part.branch and part.ids == ("GB-CHC-900101-3",) and not whole.branch
    assert ("Mill Almshouses", "PART_OF", "GB-CHC-900101") in found.sentences


def test_a_removed_charity_is_closed(tmp_path: Path, reading: Read) -> None:
    gone = changed(charity_registration_status="Removed", date_of_removal="2010-01-31")
    assert reading(extract(tmp_path, gone)).said["charity:900101-0"]["closed"] == "2010-01-31"


def test_bad_rows_are_refused_and_their_neighbours_are_not(tmp_path: Path, reading: Read) -> None:
    broken = MILL[:5]
    rows = [
        changed(registered_charity_number=""), broken, changed(date_of_registration="soon"), MILL,
        [*changed(registered_charity_number="900103"), "a tab too many"],
    ]  # fmt: skip
    found = reading(extract(tmp_path, *rows))
    assert len(found.rows) == 1
    assert [(each.field, each.where.line) for each in found.refused] == [
        ("registered_charity_number", 2), ("(row)", 3), ("date_of_registration", 4), ("(row)", 6),
    ]  # fmt: skip
    assert "a text breaks the line" in found.refused[1].reason


def test_trustees_are_not_opened(tmp_path: Path, reading: Read) -> None:
    headings = ["organisation_number", "registered_charity_number", "trustee_name"]
    path = extract(tmp_path, ["1", "900101", "Ada Byron"], headings=headings)
    with pytest.raises(BadInput, match="names trustees"):
        reading(path)


def test_a_table_that_is_not_read_says_which_are(tmp_path: Path, reading: Read) -> None:
    headings = ["organisation_number", "registered_charity_number", "policy_name"]
    with pytest.raises(BadInput, match="areas of operation"):
        reading(extract(tmp_path, ["1", "900101", "x"], headings=headings))


CHARITY = ["organisation_number", "registered_charity_number", "linked_charity_number"]


def test_the_tables_beside_it(tmp_path: Path, reading: Read) -> None:
    what = [*CHARITY, "classification_code", "classification_type", "classification_description"]
    found = reading(extract(tmp_path, ["1", "900101", "0", "105", "What", "Arts"], headings=what))
    assert ("GB-CHC-900101", "WORKS_ON", "Arts") in found.sentences
    where = [*CHARITY, "geographic_area_type", "geographic_area_description"]
    found = reading(extract(tmp_path, ["1", "900101", "2", "Region", "Kent"], headings=where))
    assert ("GB-CHC-900101-2", "SERVES", "Kent") in found.sentences
    names = [*CHARITY, "charity_name_id", "charity_name_type", "charity_name"]
    found = reading(
        extract(tmp_path, ["1", "900101", "0", "7", "Working name", "Mill"], headings=names)
    )
    assert [row.record.ids for row in found.rows] == [("GB-CHC-900101",)]
    assert next(iter(found.said.values()))["also_known_as"] == ["Mill"]


def test_the_extract_as_json_says_the_same(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "publicextract.charity.json"
    path.write_text(json.dumps([dict(zip(HEADINGS, MILL, strict=True))]), "utf-8-sig")
    assert reading(path).rows == reading(extract(tmp_path, MILL)).rows
