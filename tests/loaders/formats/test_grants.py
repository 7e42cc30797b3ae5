"""360Giving grants: every trap seen in real files, from JSON, CSV and XLSX alike."""

import codecs
import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tieline.loaders.formats import threesixtygiving
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

FUNDER = {"id": "GB-CHC-1000147", "name": "Fund"}
GROUP = {"id": "GB-CHC-1126147", "name": "Group"}
GRANT: dict[str, Any] = {
    "id": "360G-fund-1", "title": "A grant", "description": "To meet", "currency": "GBP",
    "amountAwarded": 1000, "awardDate": "2020-02-01",
    "fundingOrganization": [FUNDER], "recipientOrganization": [GROUP],
}  # fmt: skip
SOURCE = Source("fund", "Fund", lawful_basis="public record", folder=Path())


def load(path: Path, strict: bool = False) -> tuple[list[Row | Refusal], Notes]:
    notes = Notes(strict=strict)
    return list(threesixtygiving.rows(path, SOURCE, notes)), notes


def of(folder: Path, **changes: Any) -> tuple[Row | Refusal, Notes]:
    """What becomes of one grant, as JSON."""
    path = folder / "a.json"
    grant = {key: value for key, value in (GRANT | changes).items() if value is not ...}
    path.write_text(json.dumps({"grants": [grant]}))
    found, notes = load(path)
    assert len(found) == 1
    return found[0], notes


def good(folder: Path, **changes: Any) -> tuple[Row, Notes]:
    found, notes = of(folder, **changes)
    assert isinstance(found, Row), found
    return found, notes


def fields(row: Row, role: str | None = None) -> dict[str, Any]:
    record = row.mentions[role] if role else row.record
    said: dict[str, Any] = json.loads(record.fields)
    return said


def verbs(row: Row) -> list[tuple[str, str, str]]:
    """(verb, role or me, role or me)."""
    roles = {record.uid: role for role, record in row.mentions.items()} | {row.record.uid: "me"}
    return [(edge.verb, roles[edge.from_record], roles[edge.to_record]) for edge in row.edges]


def warned(notes: Notes) -> str:
    return "\n".join(notes.lines())


def test_a_grant_is_a_project_with_its_funder_and_recipient(tmp_path: Path) -> None:
    row, notes = good(tmp_path, beneficiaryLocation=[{"name": "Leeds", "geoCode": "E08000035"}])
    assert row.record.uid == "fund:360G-fund-1" and row.record.kind == "project"
    assert row.record.date == "2020-02-01" and row.record.ids == ("local-fund-project-360G-fund-1",)
    assert fields(row) == {
        "title": "A grant", "description": "To meet", "currency": "GBP", "amount": 1000.0,
        "starts": "2020-02-01",
    }  # fmt: skip
    assert verbs(row) == [
        ("FUNDS", "funder", "me"), ("LEADS", "recipient", "me"), ("SERVES", "me", "place"),
    ]  # fmt: skip
    assert dict(row.edges[0].props) == {"amount": 1000.0}
    assert row.mentions["place"].ids == ("GSS-E08000035",)
    assert not notes.warnings and not notes.unread


def test_ids_with_spaces_and_new_lines_inside(tmp_path: Path) -> None:
    row, _ = good(tmp_path, recipientOrganization=[{"id": "GB-CHC- 115305\n", "name": "Gr\noup"}])
    assert row.mentions["recipient"].ids == ("GB-CHC-115305",)
    assert fields(row, "recipient")["name"] == "Gr oup"


def test_charity_and_company_number_are_both_its_own(tmp_path: Path) -> None:
    both = {"charityNumber": 1126147, "companyNumber": "212481"}
    row, _ = good(tmp_path, recipientOrganization=[GROUP | both])
    assert row.mentions["recipient"].ids == ("GB-CHC-1126147", "GB-COH-00212481")
    scots = {"id": "360G-x-10", "name": "Group", "charityNumber": "SC027577"}
    row, _ = good(tmp_path, recipientOrganization=[scots])
    assert row.mentions["recipient"].ids == (
        "GB-SC-SC027577", "local-fund-organisation-360G-x-10",
    ), "an id of 360G- is private to its funder"  # fmt: skip


def test_two_charity_numbers_would_join_two_charities(tmp_path: Path) -> None:
    row, notes = good(tmp_path, recipientOrganization=[GROUP | {"charityNumber": "1121560"}])
    assert row.mentions["recipient"].ids == ("GB-CHC-1126147",)
    assert "the id stands" in warned(notes)


def test_a_number_that_is_none_is_kept_as_text(tmp_path: Path) -> None:
    row, notes = good(tmp_path, recipientOrganization=[{"id": "GB-CHC-715", "name": "Group"}])
    assert row.mentions["recipient"].ids == ("name-organisation-fund-group",)
    assert fields(row, "recipient")["said_id"] == "GB-CHC-715"
    assert "GB-CHC-715" not in warned(notes) and "is not a charity number" in warned(notes)


def test_recipient_and_funder_may_be_the_same(tmp_path: Path) -> None:
    row, _ = good(tmp_path, recipientOrganization=[FUNDER])
    assert row.mentions["funder"] == row.mentions["recipient"]
    assert [edge.verb for edge in row.edges] == ["FUNDS", "LEADS"]


def test_a_department_is_a_branch_and_not_the_whole(tmp_path: Path) -> None:
    row, _ = good(tmp_path, recipientOrganization=[GROUP | {"department": "Leeds branch"}])
    assert row.mentions["recipient"].branch and not row.mentions["recipient parent"].branch
    assert not any(each.startswith("GB-") for each in row.mentions["recipient"].ids)
    assert ("PART_OF", "recipient", "recipient parent") in verbs(row)
    assert ("LEADS", "recipient", "me") in verbs(row)


def test_a_grant_to_a_person_loads_without_the_person(tmp_path: Path) -> None:
    person = {"id": "360G-ind-1", "name": "Ada Byron"}
    row, notes = good(tmp_path, recipientOrganization=..., recipientIndividual=person)
    assert "Ada" not in repr(row) and notes.left["recipientIndividual"] == 1
    assert [edge.verb for edge in row.edges] == ["FUNDS"]


def test_contact_details_are_never_stored(tmp_path: Path) -> None:
    private = {
        "contactName": "Ada Byron", "telephone": "0121 496 0000", "email": "ada@example.org",
        "streetAddress": "12 Home Lane", "postalCode": "CV1 2AB", "url": "ada@example.org",
    }  # fmt: skip
    row, notes = good(
        tmp_path,
        recipientOrganization=[GROUP | private],
        description="Write to ada@example.org about it",
    )
    for word in ("Ada", "0121", "ada@", "Home Lane", "2AB"):
        assert word not in repr(row)
    assert fields(row, "recipient base") == {"name": "CV1", "kind": "postcode district"}
    assert notes.left["recipientOrganization.email"] == 1
    assert "e-mail address where a web address should be" in warned(notes)


def test_an_office_is_a_place_by_code_then_town_then_district(tmp_path: Path) -> None:
    whole = {"postalCode": "LS1 4AP", "addressLocality": "Leeds"}
    coded = {"location": [{"geoCode": "E08000035", "geoCodeType": "MD", "name": "Leeds"}]}
    row, _ = good(tmp_path, recipientOrganization=[GROUP | whole | coded])
    assert row.mentions["recipient base"].ids == ("GSS-E08000035",)
    row, _ = good(tmp_path, recipientOrganization=[GROUP | whole])
    assert row.mentions["recipient base"].ids == ("name-place-leeds",)
    assert ("BASED_IN", "recipient", "recipient base") in verbs(row)


def test_classifications_are_themes_of_their_scheme(tmp_path: Path) -> None:
    said = [{"vocabulary": "UK CAT", "code": "AN100", "title": "Animals"}, {"title": "Kindness"}]
    row, _ = good(tmp_path, classifications=said)
    assert row.mentions["theme"].ids == ("theme-uk-cat-AN100",)
    assert row.mentions["theme 2"].ids == ("theme-fund-kindness",)
    assert fields(row, "theme") == {"label": "Animals", "scheme": "uk-cat", "code": "AN100"}


def test_dates_actual_before_planned_before_award(tmp_path: Path) -> None:
    planned = [{"startDate": "2020-03-01", "duration": 12}]
    row, _ = good(tmp_path, plannedDates=planned)
    assert (fields(row)["starts"], fields(row)["ends"]) == ("2020-03-01", "2021-02-28")
    actual = [{"startDate": "01/04/2020", "endDate": "2021-06-30T00:00:00Z"}]
    row, _ = good(tmp_path, plannedDates=planned, actualDates=actual)
    assert (fields(row)["starts"], fields(row)["ends"]) == ("2020-04-01", "2021-06-30")
    row, notes = good(tmp_path, plannedDates=[{"startDate": "2020-03-01", "endDate": "2019-01-01"}])
    assert "ends" not in fields(row) and "before the start" in warned(notes)


def test_null_for_a_list_and_lists_of_nulls(tmp_path: Path) -> None:
    row, notes = good(
        tmp_path,
        beneficiaryLocation=None,
        plannedDates=[{"startDate": None}],
        classifications=[None],
        relatedDocument=[{"id": None}],
    )
    assert [edge.verb for edge in row.edges] == ["FUNDS", "LEADS"] and not notes.left


def test_programme_and_open_call_are_kept_on_the_record(tmp_path: Path) -> None:
    row, _ = good(tmp_path, grantProgramme=[{"code": "E1", "title": "Enable"}], fromOpenCall="YES")
    kept = fields(row)
    assert (kept["programme"], kept["programme_code"], kept["open_call"]) == (
        ["Enable"], ["E1"], True,
    )  # fmt: skip


def test_the_newest_date_is_the_change(tmp_path: Path) -> None:
    row, _ = good(tmp_path, dateModified="2021-05-05T10:00:00")
    assert row.record.date == row.mentions["funder"].date == "2021-05-05"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": None}, "id"),
        ({"title": " "}, "title"),
        ({"fundingOrganization": ...}, "fundingOrganization"),
        ({"fundingOrganization": "Fund"}, "fundingOrganization"),
        ({"fundingOrganization": [{"id": "GB-CHC-1000147"}]}, "fundingOrganization.name"),
        ({"recipientOrganization": ...}, "recipientOrganization"),
        ({"recipientOrganization": [{"name": ["a"]}]}, "recipientOrganization.name"),
        ({"amountAwarded": "lots"}, "amountAwarded"),
        ({"currency": "pounds sterling"}, "currency"),
        ({"awardDate": "2020-31-12"}, "awardDate"),
        ({"plannedDates": "next year"}, "plannedDates"),
    ],
)
def test_refused_by_field(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    found, _ = of(tmp_path, **changes)
    assert isinstance(found, Refusal) and found.field == field
    assert found.where.item == "grants[0]" and found.mend.endswith(".")


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    found, _ = of(tmp_path, id=None, title=None, amountAwarded="lots")
    assert isinstance(found, Refusal)
    assert "title: missing" in found.reason and "amountAwarded: not a number" in found.reason


def test_strict_refuses_what_is_odd_or_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"grants": [GRANT, GRANT | {"id": "2", "ourColumn": "x"}]}))
    found, _ = load(path, strict=True)
    assert isinstance(found[0], Row)
    assert isinstance(found[1], Refusal) and found[1].field == "ourColumn"


def test_broken_json_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"grants": [GRANT, GRANT | {"id": "2"}]})[:-40])
    found, _ = load(path)
    assert isinstance(found[0], Row) and isinstance(found[-1], Refusal)
    assert "broken" in found[-1].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_json_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(
        json.dumps({"grants": [GRANT | {"title": "Café £5"}]}, ensure_ascii=False).encode(encoding)
    )
    row = load(path)[0][0]
    assert isinstance(row, Row) and fields(row)["title"] == "Café £5"


HEADINGS = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Funding Org:Identifier,"
    "Funding Org:Name,Recipient Org:Identifier,Recipient Org:Name,Grant Programme: Title,"
    "Beneficiary Location:0:Name,Beneficiary Location:1:Name,Our own column"
)
CELLS = (
    '360G-fund-1,A grant,To meet,GBP,"£1,000",01/02/2020,GB-CHC-1000147,Fund,GB-CHC-1126147,Group,'
    "Enable,Leeds,York,ours"
)


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "grants"])
def test_a_sheet_says_what_json_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(codecs.BOM_UTF8 + f"{HEADINGS}\r\n{CELLS}\r\n".encode())
    assert threesixtygiving.guess(path)
    (row,), notes = load(path)
    same, _ = good(
        tmp_path,
        grantProgramme=[{"title": "Enable"}],
        beneficiaryLocation=[{"name": "Leeds"}, {"name": "York"}],
    )
    assert row == same
    assert notes.unread == {"Our own column": 1}


def test_a_column_that_comes_twice_is_a_second_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    doubled = HEADINGS.replace("Location:0:", "Location:").replace("Location:1:", "Location:")
    path.write_text(f"{doubled}\n{CELLS}\n")
    row = load(path)[0][0]
    assert isinstance(row, Row) and {"place", "place 2"} <= row.mentions.keys()


def test_headings_as_json_paths_and_in_other_case(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    odd = HEADINGS.replace("Recipient Org:Name", "recipientOrganization/0/name").replace(
        "Title", "TITLE"
    )
    path.write_text(f"{odd}\n{CELLS}\n")
    row = load(path)[0][0]
    assert isinstance(row, Row) and fields(row, "recipient")["name"] == "Group"


def test_a_workbook_with_true_dates_other_sheets_and_1024_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["About these data"])
    grants = book.create_sheet("Grants")
    grants.append([*HEADINGS.split(","), *[None] * 1010])
    cells: list[Any] = CELLS.replace('"£1,000"', "1000").split(",")
    grants.append([*cells[:5], datetime.datetime(2020, 2, 1), *cells[6:]])
    grants.cell(3, 1024).value = " "
    book.save(tmp_path / "a.xlsx")
    found, notes = load(tmp_path / "a.xlsx")
    assert [isinstance(each, Row) for each in found] == [True]
    assert isinstance(found[0], Row) and fields(found[0])["starts"] == "2020-02-01"
    assert "sheet Sheet left" in warned(notes)


def test_a_refused_cell_is_named_as_the_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADINGS}\n{CELLS.replace('01/02/2020', 'soon')}\n")
    found = load(path)[0][0]
    assert isinstance(found, Refusal) and found.cell == "F2"
    assert found.as_json() == {
        "file": "a.csv", "line": 2, "cell": "F2", "field": "Award Date", "value": "soon",
        "reason": "not a date", "mend": "Write it as 2024-03-31 or 31/03/2024 (day first).",
    }  # fmt: skip


def test_another_file_is_not_taken_for_grants(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Town\nAda,Leeds\n")
    assert not threesixtygiving.guess(path)
