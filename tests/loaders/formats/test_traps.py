"""Every trap that loaders.md lists of 360Giving files, one test each, in the form it was met in.

Some are held elsewhere as well, among the tests of what a grant becomes (test_grants.py).
"""

import codecs
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Read = Callable[..., Any]

HEADINGS = [
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Identifier",
    "Recipient Org:Name",
]  # fmt: skip
CELLS: list[Any] = [
    "360G-fund-1", "Tea", "At four", "GBP", "500", "2024-04-25", "GB-CHC-1000147", "Fund",
    "GB-CHC-1126147", "Group",
]  # fmt: skip


def sheet(path: Path, cells: list[Any], headings: list[str] = HEADINGS, end: str = "\n") -> Path:
    rows = [",".join(f'"{cell}"' for cell in row) for row in (headings, cells)]
    path.write_bytes((end.join(rows) + end).encode())
    return path


def swapped(**changes: Any) -> list[Any]:
    names = {name.replace(" ", "_").replace(":", "_").lower(): name for name in HEADINGS}
    new = {names[key]: value for key, value in changes.items()}
    return [new.get(name, cell) for name, cell in zip(HEADINGS, CELLS, strict=True)]


def only(found: Any) -> dict[str, Any]:
    assert not found.refused, found.refused
    (fields,) = found.said.values()
    return dict(fields)


def test_a_space_after_the_colon(tmp_path: Path, reading: Read) -> None:
    path = sheet(tmp_path / "a.csv", [*CELLS, "Enable"], [*HEADINGS, "Grant Programme: Title"])
    assert only(reading(path))["programme"] == ["Enable"]


def test_private_extra_columns(tmp_path: Path, reading: Read) -> None:
    found = reading(sheet(tmp_path / "a.csv", [*CELLS, "x"], [*HEADINGS, "Our Tracker"]))
    assert only(found) and found.notes.unread == {"Our Tracker": 1}


def test_day_first_dates(tmp_path: Path, reading: Read) -> None:
    found = reading(sheet(tmp_path / "a.csv", swapped(award_date="05/04/2024")))
    assert only(found)["starts"] == "2024-04-05"


def test_dates_with_and_without_zone_in_one_file(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "a.json"
    grant = dict(zip(["id", "title", "description", "currency"], CELLS, strict=False))
    grant["fundingOrganization"] = [{"id": CELLS[6], "name": "Fund"}]
    grant["recipientOrganization"] = [{"id": CELLS[8], "name": "Group"}]
    days = (
        "2024-04-25",
        "2024-04-25T00:00:00",
        "2024-04-25T00:00:00+01:00",
        "2024-04-25T00:00:00Z",
    )
    grants = [
        grant | {"id": f"g{n}", "amountAwarded": 5, "awardDate": d} for n, d in enumerate(days)
    ]
    path.write_text(json.dumps({"grants": grants}))
    assert {each["starts"] for each in reading(path).said.values()} == {"2024-04-25"}


def test_true_dates_and_numbers_of_a_workbook(tmp_path: Path, reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    page.append(swapped(award_date=datetime.datetime(2024, 4, 25, 13, 5), amount_awarded=500.5))
    book.save(tmp_path / "a.xlsx")
    fields = only(reading(tmp_path / "a.xlsx"))
    assert (fields["starts"], fields["amount"]) == ("2024-04-25", 500.5)


def test_every_way_to_say_yes_and_no(tmp_path: Path, reading: Read) -> None:
    for said, meant in (("Y", True), ("Yes", True), ("YES", True), ("No", False), ("N", False)):
        path = sheet(tmp_path / "a.csv", [*CELLS, said], [*HEADINGS, "From an open call?"])
        assert only(reading(path))["open_call"] is meant


def recipient(found: Any) -> tuple[str, ...]:
    only(found)
    ids: tuple[str, ...] = found.rows[0].mentions["recipient"].ids
    return ids


def test_ids_with_spaces_inside(tmp_path: Path, reading: Read) -> None:
    cells = swapped(recipient_org_identifier="GB-CHC- 115305")
    assert recipient(reading(sheet(tmp_path / "a.csv", cells))) == ("GB-CHC-115305",)


def test_new_lines_inside_ids(tmp_path: Path, reading: Read) -> None:
    cells = swapped(recipient_org_identifier="GB-CHC-\n1126147\n", identifier="360G-\nfund-1")
    assert recipient(reading(sheet(tmp_path / "a.csv", cells))) == ("GB-CHC-1126147",)


def test_a_mark_with_crlf(tmp_path: Path, reading: Read) -> None:
    path = sheet(tmp_path / "a.csv", CELLS, end="\r\n")
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    found = reading(path)
    assert only(found)["title"] == "Tea" and "UTF-8 with a mark" in found.told


def test_windows_1252(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "a.csv"
    sheet(path, swapped(title="Café \u2013 £5"))
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))
    found = reading(path)
    assert only(found)["title"] == "Café \u2013 £5" and "Windows-1252" in found.told


def test_null_for_a_list(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "a.json"
    grant = {
        "id": "g1", "title": "Tea", "beneficiaryLocation": None, "plannedDates": None,
        "classifications": [None], "fundingOrganization": [{"id": CELLS[6], "name": "Fund"}],
        "recipientOrganization": [{"id": CELLS[8], "name": "Group"}],
    }  # fmt: skip
    path.write_text(json.dumps({"grants": [grant]}))
    assert only(reading(path))["title"] == "Tea"


def test_a_csv_called_txt(tmp_path: Path, reading: Read) -> None:
    assert only(reading(sheet(tmp_path / "grants.txt", CELLS)))["title"] == "Tea"


def test_1024_declared_columns(tmp_path: Path, reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    page.append(CELLS)
    page.cell(3, 1024).value = " "
    book.save(tmp_path / "a.xlsx")
    found = reading(tmp_path / "a.xlsx")
    assert only(found)["title"] == "Tea" and not found.notes.unread


def test_pound_signs_encoded_twice(tmp_path: Path, reading: Read) -> None:
    cells = swapped(description="Tea at Â£5", amount_awarded="Â£1,000")
    fields = only(reading(sheet(tmp_path / "a.csv", cells)))
    assert (fields["description"], fields["amount"]) == ("Tea at £5", 1000.0)


def test_an_e_mail_address_where_a_web_address_should_be(tmp_path: Path, reading: Read) -> None:
    path = sheet(
        tmp_path / "a.csv", [*CELLS, "ada@example.org"], [*HEADINGS, "Recipient Org:Web Address"]
    )
    found = reading(path)
    assert only(found) and "ada@" not in found.text and "an e-mail address where" in found.told


def test_recipient_and_funder_the_same(tmp_path: Path, reading: Read) -> None:
    cells = swapped(recipient_org_identifier="GB-CHC-1000147", recipient_org_name="Fund")
    found = reading(sheet(tmp_path / "a.csv", cells))
    assert found.sentences == {("Fund", "FUNDS", "Tea"), ("Fund", "LEADS", "Tea")}


def test_one_organisation_under_its_charity_and_company_number(
    tmp_path: Path, reading: Read
) -> None:
    headings = [*HEADINGS, "Recipient Org:Charity Number", "Recipient Org:Company Number"]
    cells = swapped(recipient_org_identifier="GB-COH-00212481")
    found = reading(sheet(tmp_path / "a.csv", [*cells, "1126147", "212481"], headings))
    assert recipient(found) == ("GB-CHC-1126147", "GB-COH-00212481")


def test_a_branch_under_its_parents_number(tmp_path: Path, reading: Read) -> None:
    headings = [*HEADINGS, "Recipient Org:Department"]
    found = reading(sheet(tmp_path / "a.csv", [*CELLS, "Leeds branch"], headings))
    assert ("Group, Leeds branch", "PART_OF", "Group") in found.sentences
    assert not any(each.startswith("GB-") for each in recipient(found))


def test_numbered_repeats(tmp_path: Path, reading: Read) -> None:
    headings = [*HEADINGS, "Beneficiary Location:0:Name", "Beneficiary Location:1:Name"]
    found = reading(sheet(tmp_path / "a.csv", [*CELLS, "Leeds", "York"], headings))
    assert {("Tea", "SERVES", "Leeds"), ("Tea", "SERVES", "York")} <= found.sentences


def test_repeated_descriptions_are_normal(tmp_path: Path, reading: Read) -> None:
    path = sheet(tmp_path / "a.csv", CELLS)
    path.write_text(path.read_text() + path.read_text().splitlines()[1].replace("fund-1", "fund-2"))
    found = reading(path)
    assert len(found.rows) == 2 and not found.refused and not found.notes.warnings


def test_company_numbers_whose_zeros_were_stripped(tmp_path: Path, reading: Read) -> None:
    cells = swapped(recipient_org_identifier="GB-COH-212481")
    assert recipient(reading(sheet(tmp_path / "a.csv", cells))) == ("GB-COH-00212481",)


def test_an_amount_below_nothing_is_told_of(tmp_path: Path, reading: Read) -> None:
    found = reading(sheet(tmp_path / "a.csv", swapped(amount_awarded="-500")))
    assert only(found)["amount"] == -500 and "less than nothing" in found.told
