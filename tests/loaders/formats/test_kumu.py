"""Kumu: elements and connections from workbooks, CSV and JSON, with every trap that Kumu has."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tieline.errors import BadInput
from tieline.loaders.formats import known

Found = Any
Read = Callable[..., Found]

ELEMENTS: list[list[Any]] = [
    ["Label", "Type", "Description", "Tags", "Website"],
    ["Ada", "Person", "Knits (ada@example.org)", "Founder|Runner", None],
    ["Mill", "Company", "A mill", "Wool", "mill.example.org"],
    ["Hope", "Charity", None, None, None],
    ["Hope", "School", None, None, None],
    ["Quilt", "Project", "A quilt", "Wool", None],
]
CONNECTIONS: list[list[Any]] = [
    ["From", "To", "Type", "Direction", "Strength", "Label"],
    ["Ada", "Mill", "works for", "directed", None, None],
    ["Mill", "Quilt", None, "mutual", None, None],
    ["Ada", "Bo|Cy", "friend", None, 4, "since school"],
]


def book(folder: Path, **sheets: list[list[Any]]) -> Path:
    made, path = openpyxl.Workbook(), folder / "map.xlsx"
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def table(path: Path, rows: list[list[Any]]) -> Path:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_workbook_with_connections_first(tmp_path: Path, reading: Read) -> None:
    found = reading(book(tmp_path, Ties=CONNECTIONS, People=ELEMENTS))
    assert not found.refused
    assert found.kinds["element:person/ada"] == "person"
    assert found.kinds["element:company/mill"] == "organisation"
    assert found.kinds["element:project/quilt"] == "project"
    assert found.said["element:company/mill"]["url"] == "http://mill.example.org"
    assert "ada@example.org" not in found.text
    assert {
        ("Ada", "WORKS_FOR", "Mill"), ("Mill", "PARTNERS_ON", "Quilt"), ("Ada", "OBSERVED", "Bo"),
        ("Ada", "OBSERVED", "Cy"), ("Ada", "WORKS_ON", "Founder"), ("Quilt", "WORKS_ON", "Wool"),
    } <= found.sentences  # fmt: skip


def test_the_same_label_with_another_type_is_another_element(tmp_path: Path, reading: Read) -> None:
    found = reading(book(tmp_path, E=ELEMENTS, C=[["From", "To"], ["Ada", "Hope"]]))
    hopes = [row.record for row in found.rows if "/hope" in row.record.uid]
    assert len(hopes) == 2 and not set(hopes[0].ids) & set(hopes[1].ids)
    (refused,) = found.refused
    assert (refused.field, refused.value, refused.cell) == ("To", "Hope", "B2")
    assert "2 elements carry this label" in refused.reason and "ID" in refused.mend


def test_ids_come_before_labels(tmp_path: Path, reading: Read) -> None:
    elements = [["ID", "Label", "Type"], ["h1", "Hope", "Charity"], ["h2", "Hope", "School"]]
    found = reading(book(tmp_path, E=elements, C=[["From", "To"], ["h1", "h2"]]))
    assert not found.refused and ("Hope", "OBSERVED", "Hope") in found.sentences
    assert "element:h1" in found.said


def test_ignored_sheets_and_sheets_of_other_things(tmp_path: Path, reading: Read) -> None:
    others: dict[str, list[list[Any]]] = {"Old_(Ignore)": ELEMENTS[3:], "Budget": [["Cost"], [9]]}
    path = book(tmp_path, Elements=ELEMENTS[:3], **others)
    found = reading(path)
    assert len(found.rows) == 2
    assert "Old (Ignore) left" in found.told and "Budget left" in found.told


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_two_blank_rows_start_a_new_section(tmp_path: Path, reading: Read, form: str) -> None:
    rows: list[list[Any]] = [*ELEMENTS[:3], [None], [None], *CONNECTIONS[:2]]
    path = book(tmp_path, All=rows) if form == "xlsx" else table(tmp_path / "all.csv", rows)
    found = reading(path)
    assert not found.refused and len(found.rows) == 3
    assert ("Ada", "WORKS_FOR", "Mill") in found.sentences


def test_one_blank_row_is_only_a_gap_and_a_section_needs_headings(
    tmp_path: Path, reading: Read
) -> None:
    gap = reading(book(tmp_path, E=[*ELEMENTS[:2], [None], ELEMENTS[2]]))
    assert len(gap.rows) == 2 and not gap.refused
    rows: list[list[Any]] = [*ELEMENTS[:2], [None], [None], ["Key:", "red is new"]]
    (refused,) = reading(book(tmp_path, E=rows)).refused
    assert refused.where.line == 5 and "does not begin with headings" in refused.reason


def test_a_file_of_connections_alone(tmp_path: Path, reading: Read) -> None:
    path = table(tmp_path / "connections.csv", CONNECTIONS)
    found = reading(path)
    assert "no elements" in found.told and not found.refused
    kinds = {m.kind for row in found.rows for m in row.mentions.values()}
    assert kinds == {"organisation"}
    people = reading(path, mapping='[kumu]\ndefault = "person"')
    assert ("Ada", "OBSERVED", "Mill") in people.sentences
    assert {m.kind for r in people.rows for m in r.mentions.values()} == {"person"}


def observed(found: Found) -> list[dict[str, Any]]:
    return [dict(e.props) for r in found.rows for e in r.edges if e.verb == "OBSERVED"]


def test_strength_is_closeness_only_on_a_stated_scale(tmp_path: Path, reading: Read) -> None:
    path = table(tmp_path / "c.csv", CONNECTIONS)
    plain = reading(path)
    assert {each["kind"] for each in observed(plain)} == {"stated_tie"}
    assert any(fields.get("strength") == "4" for fields in plain.said.values())
    scaled = reading(path, mapping="[kumu]\nstrength = { low = 1, high = 5 }")
    assert {"kind": "closeness", "value": 0.75} in observed(scaled)
    odd = table(
        tmp_path / "d.csv", [["From", "To", "Strength"], ["A", "B", 9], ["A", "C", "Strong"]]
    )
    far = reading(odd, mapping="[kumu]\nstrength = { low = 1, high = 5, words = { Strong = 5 } }")
    assert [(r.value, r.cell) for r in far.refused] == [("9", "C2")]
    assert observed(far) == [{"kind": "closeness", "value": 1.0}]


def test_words_of_the_mapping(tmp_path: Path, reading: Read) -> None:
    told = '[kumu]\ntypes = { Resident = "person" }\nverbs = { "gives to" = "FUNDS" }\ntags = false'
    rows = [["Label", "Type", "Tags"], ["Ada", "Resident", "x"], ["Fund", "Funder", ""]]
    ties = [["From", "To", "Type"], ["Fund", "Quilt", "gives to"], ["Ada", "Fund", "gives to"]]
    found = reading(book(tmp_path, E=[*rows, ["Quilt", "Project", ""]], C=ties), mapping=told)
    assert found.kinds["element:resident/ada"] == "person"
    assert ("Fund", "FUNDS", "Quilt") in found.sentences
    assert ("Ada", "OBSERVED", "Fund") in found.sentences
    assert "not possible between such things" in found.told and "tags (1)" in found.told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('default = "dog"', "'dog'"), ("colour = 1", "colour"), ("strength = 5", "scale's ends"),
        ("strength = { low = 5, high = 1 }", "scale's ends"), ('verbs = { a = "EATS" }', "EATS"),
        ('types = ["a"]', "types"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be(tmp_path: Path, reading: Read, told: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        reading(table(tmp_path / "e.csv", ELEMENTS), "kumu", f"[kumu]\n{told}")


EXPORT = {
    "elements": [
        {"_id": "e1", "attributes": {"label": "Ada", "element type": "Person", "tags": ["x", "y"]}},
        {"_id": "e2", "attributes": {"label": "Mill", "element type": "Company"}},
    ],
    "connections": [
        {"_id": "c1", "from": "e2", "to": "e1", "direction": "directed", "reversed": True,
         "attributes": {"connection type": "works for", "strength": 3}},
    ],
    "loops": [{"_id": "l1"}], "maps": [{"_id": "m1", "elements": [{"x": 1}]}, {"_id": "m2"}],
}  # fmt: skip


def test_a_project_export(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "project.json"
    path.write_text(json.dumps(EXPORT))
    found = reading(path)
    assert not found.refused and len(found.rows) == 3
    assert ("Ada", "WORKS_FOR", "Mill") in found.sentences, "reversed"
    assert ("Ada", "WORKS_ON", "y") in found.sentences
    assert found.notes.left == {"loops": 1, "maps": 2}


def test_a_blueprint_names_elements_by_label(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "blueprint.json"
    elements = [{"label": "Ada", "type": "Person"}, {"label": "Mill", "type": "Company"}]
    ties = [{"from": "Ada", "to": "Mill", "direction": "mutual"}, {"from": "Ada"}, "no object"]
    path.write_text(json.dumps({"connections": ties, "elements": elements}))
    found = reading(path)
    assert ("Ada", "OBSERVED", "Mill") in found.sentences
    assert [str(each.where) for each in found.refused] == [
        "blueprint.json, connections[1]", "blueprint.json, connections[2]",
    ]  # fmt: skip


def test_a_folder_of_csv_files_is_one_load(tmp_path: Path, reading: Read) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    table(folder / "a-connections.csv", CONNECTIONS[:3])
    table(folder / "elements.csv", ELEMENTS)
    assert known.guess(folder) is known.STANDARDS["kumu"]
    found = reading(folder)
    assert not found.refused and ("Ada", "WORKS_FOR", "Mill") in found.sentences


def test_a_connection_to_itself_and_ends_that_are_missing(tmp_path: Path, reading: Read) -> None:
    rows = [["From", "To", "Direction"], ["A", "A", ""], ["A", "", ""], ["A", "B", "sideways"]]
    found = reading(table(tmp_path / "c.csv", rows))
    assert [each.reason for each in found.refused] == ["both ends are the same", "missing"]
    assert "not a direction" in found.told


def test_a_file_with_neither(tmp_path: Path, reading: Read) -> None:
    with pytest.raises(BadInput, match="no elements and no connections"):
        reading(book(tmp_path, Budget=[["Cost"], [9]]), "kumu")


def test_which_standard_a_file_of_json_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    grant = {"id": "g1", "title": "elements", "fundingOrganization": [{"name": "connections"}]}
    said: list[tuple[Any, str | None]] = [
        ({"elements": [{"label": "grants", "type": "fundingOrganization"}]}, "kumu"),
        ({"connections": [{"from": "a", "to": "b"}]}, "kumu"),
        ({"grants": [grant]}, "360giving"),
        ([grant], "360giving"),
        ({"contents": [{"id": "1", "name": "grants", "organization_identifiers": []}]},
         "openreferral"),
        ([{"organisation_number": 1, "registered_charity_number": 2}], "charity-register"),
        ({"people": [{"name": "Ada"}]}, None),
    ]  # fmt: skip
    for body, name in said:
        path.write_text(json.dumps(body))
        found = known.guess(path)
        assert (found.NAME if found else None) == name, body
