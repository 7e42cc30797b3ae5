"""Tables by a mapping: what each kind of row becomes, and what its mapping may not say."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tieline.errors import BadInput
from tieline.loaders import mapping
from tieline.loaders.formats import table
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import STATEMENT, Row

SOURCE = Source("we", "We", lawful_basis="consent, on the form", folder=Path())


def load(
    folder: Path, columns: str, rows: str, head: str = 'kind = "person"', **more: Any
) -> tuple[list[Row | Refusal], Notes]:
    """Rows of a CSV by a mapping of one table."""
    (folder / "m.toml").write_text(f'[[table]]\nname = "t"\n{head}\n[table.columns]\n{columns}\n')
    (folder / "a.csv").write_text(rows)
    return by(folder / "a.csv", folder / "m.toml", **more)


def by(
    path: Path, told: Path, source: Source = SOURCE, strict: bool = False
) -> tuple[list[Row | Refusal], Notes]:
    layout, notes = mapping.read(told), Notes(strict=strict)
    table.verify(layout)
    return list(table.rows(path, source, layout.tables[0], notes)), notes


def one(*args: Any, **more: Any) -> Row:
    found, _ = load(*args, **more)
    assert len(found) == 1 and isinstance(found[0], Row), found
    return found[0]


def fields(row: Row, role: str | None = None) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((row.mentions[role] if role else row.record).fields)
    return said


def edges(row: Row) -> list[tuple[str, str, str, dict[str, Any]]]:
    roles = {record.uid: role for role, record in row.mentions.items()} | {row.record.uid: "me"}
    return [(e.verb, roles[e.from_record], roles[e.to_record], dict(e.props)) for e in row.edges]


def test_a_person(tmp_path: Path) -> None:
    columns = """
        name = "Name"
        also_known_as = { column = "Also", separator = ";" }
        consent = { column = "Who?", values = { "Anyone" = "public" } }
        organisation = { column = "Works for", role = "Role", from = "Since" }
        place = "Where"
        themes = { column = "Words", separator = ";", scheme = "our-words" }
        taking_requests = "Ask?"
        identifiers = { column = "Wikidata", scheme = "XI-WIKIDATA" }
        ignore = ["Notes"]
    """
    rows = (
        "Ref,Name,Also,Who?,Works for,Role,Since,Where,Words,Ask?,Wikidata,Notes\n"
        "P1,Ada Byron,A. B.;ada byron,Anyone,Mill,Weaver,2019,CV1 2AB,Food; Kindness,Y,Q7259,x\n"
    )
    row = one(tmp_path, columns, rows, 'kind = "person"\nid = "Ref"')
    assert row.record.uid == "we:t:P1"
    assert row.record.ids == (
        "XI-WIKIDATA-Q7259", "local-we-person-P1",
        "name-person-we-a. b.", "name-person-we-ada byron",
    )  # fmt: skip
    assert fields(row) == {
        "name": "Ada Byron", "also_known_as": ["A. B.", "ada byron"], "consent": 4,
        "taking_requests": True,
    }  # fmt: skip
    assert edges(row) == [
        ("WORKS_FOR", "me", "organisation", {"role": "Weaver", "from": "2019"}),
        ("BASED_IN", "me", "place", {}),
        ("WORKS_ON", "me", "themes", {}),
        ("WORKS_ON", "me", "themes 2", {}),
    ]
    assert row.mentions["organisation"].ids == ("name-organisation-we-mill",)
    assert row.mentions["place"].ids == ("name-place-cv1",), "a home is cut to its district"
    assert row.mentions["themes"].ids == ("theme-our-words-food",)
    assert "2AB" not in repr(row)


def test_an_organisation_refers_by_id_and_identifier(tmp_path: Path) -> None:
    columns = """
        name = "Name"
        identifiers = ["Charity", { column = "Company", scheme = "GB-COH" }]
        url = "Web"
        network = { value = "yes" }
        part_of = { column = "Of", by = "identifier" }
        member_of = { column = "In", by = "id", separator = ";" }
        serves = "Serves"
    """
    rows = (
        "Id,Name,Charity,Company,Web,Of,In,Serves\n"
        "O1,Mill,GB-CHC-1090095,212481,sam@mill.org,GB-CHC-327114,O2;O3,Leeds\n"
    )
    found, notes = load(tmp_path, columns, rows, 'kind = "organisation"\nid = "Id"')
    row = found[0]
    assert isinstance(row, Row)
    assert {"GB-CHC-1090095", "GB-COH-00212481"} <= set(row.record.ids)
    assert fields(row) == {"name": "Mill", "network": True}
    assert [e[:3] for e in edges(row)] == [
        ("MEMBER_OF", "me", "member_of"), ("MEMBER_OF", "me", "member_of 2"),
        ("PART_OF", "me", "part_of"), ("SERVES", "me", "serves"),
    ]  # fmt: skip
    assert row.mentions["member_of 2"].ids == ("local-we-organisation-O3",)
    assert row.mentions["part_of"].ids == ("GB-CHC-327114",)
    assert any("e-mail" in text for _, text in notes.warnings)


def test_a_project(tmp_path: Path) -> None:
    columns = """
        title = "Title"
        starts = "From"
        ends = "To"
        amount = "Money"
        currency = { value = "GBP" }
        lead = "Led by"
        partners = { column = "With", separator = "," }
        funder = "Fund"
        place = "Where"
        follows = { column = "After", by = "id" }
    """
    rows = (
        "Title,From,To,Money,Led by,With,Fund,Where,After\n"
        'Noon,2022-04,2023,"£5,000",Mill,"A,B",F,Leeds,G1\n'
    )
    row = one(tmp_path, columns, rows, 'kind = "project"')
    assert [e[:3] for e in edges(row)] == [
        ("LEADS", "lead", "me"), ("PARTNERS_ON", "partners", "me"),
        ("PARTNERS_ON", "partners 2", "me"), ("FUNDS", "funder", "me"),
        ("SERVES", "me", "place"), ("FOLLOWS", "me", "follows"),
    ]  # fmt: skip
    assert edges(row)[3][3] == {"amount": 5000.0}
    assert fields(row)["ends"] == "2023"


def test_a_place_within_a_place_within_a_place(tmp_path: Path) -> None:
    columns = """
        name = "Name"
        gss = "Code"
        latitude = "Lat"
        longitude = "Long"
        succeeded_by = { column = "Next", by = "id", separator = "," }
        [[table.columns.within]]
        column = "Region"
        by = "identifier"
        scheme = "GSS"
        name = "Region"
        sort = "region"
        values = { "West Midlands" = "E12000005" }
        [[table.columns.within.within]]
        value = "E92000001"
        by = "identifier"
        scheme = "GSS"
        name = { value = "England" }
    """
    rows = "Code,Name,Region,Lat,Long,Next\nE08000026,Coventry,West Midlands,52.4,-1.5,\n"
    row = one(tmp_path, columns, rows, 'kind = "place"\nid = "Code"')
    assert row.record.ids == (
        "GSS-E08000026", "local-we-place-E08000026", "name-place-coventry",
    )  # fmt: skip
    assert fields(row)["latitude"] == 52.4
    assert [e[:3] for e in edges(row)] == [
        ("WITHIN", "me", "within"), ("WITHIN", "within", "within within"),
    ]  # fmt: skip
    assert fields(row, "within") == {
        "name": "West Midlands", "gss": "E12000005", "kind": "region",
    }  # fmt: skip
    assert "name-place-west midlands" in row.mentions["within"].ids


def test_a_theme_by_code_and_by_label(tmp_path: Path) -> None:
    columns = """
        label = "Word"
        code = "Code"
        scheme = { value = "field" }
        broader = { column = "Part of", scheme = "field" }
        matches = { column = "Ours", scheme = "ours", role = "How" }
    """
    row = one(
        tmp_path,
        columns,
        "Word,Code,Part of,Ours,How\nFood,F1,Life,Meals,close\n",
        'kind = "theme"',
    )
    assert row.record.ids == ("theme-field-F1", "theme-field-food")
    assert edges(row) == [
        ("BROADER", "me", "broader", {}),
        ("MATCHES", "me", "matches", {"predicate": "close"}),
    ]
    assert row.mentions["matches"].ids == ("theme-ours-meals",)


TIE = """
    from = { column = "Who", by = "id", kind = "person" }
    to = { column = "Whom", by = "id", kind = "person" }
    on = "Day"
    reporter = { value = "from" }
"""


@pytest.mark.parametrize(
    ("columns", "cells", "meant"),
    [
        ('kind = "Kind"\nvalue = "Value"', "closeness,5,", [("closeness", 1.0)]),
        ('kind = "Kind"\nvalue = "Value"', "closeness,2,", [("closeness", 0.25)]),
        ('kind = "Kind"\nvalue = "Value"', "frequency,Monthly,", [("frequency", 0.6)]),
        (
            'kind = "Kind"\nvalue = "Value"',
            "would_introduce,With care,",
            [("would_introduce", 0.5)],
        ),
        ('kind = { value = "contact_day" }', ",,", [("contact_day", 1.0)]),
        ('kind = { value = "no_tie" }', ",,", [("no_tie", 0.0)]),
        ('kind = { value = "felt" }\nmean = "Kind"\nanswered = "Value"', "4.2,7,", [("felt", 0.8)]),
        (
            'closeness = "Kind"\nfrequency = "Value"',
            "3,weekly,",
            [("closeness", 0.5), ("frequency", 0.8)],
        ),
        ('felt = ["Kind", "Value", "Third"]', "5,4,3", [("felt", 0.75)]),
    ],
)
def test_answers(tmp_path: Path, columns: str, cells: str, meant: list[Any]) -> None:
    rows = f"Who,Whom,Day,Kind,Value,Third\nP1,P2,2024-01-05,{cells}\n"
    row = one(tmp_path, TIE + columns, rows, 'kind = "tie"')
    assert row.record.kind == STATEMENT
    assert [(e[3]["kind"], e[3]["value"]) for e in edges(row)] == meant
    assert all(e[3]["reporter"] == "from" and e[3]["on"] == "2024-01-05" for e in edges(row))
    assert {e[0] for e in edges(row)} == {"OBSERVED"}


def test_felt_says_how_much_was_answered(tmp_path: Path) -> None:
    rows = "Who,Whom,Day,a,b,c\nP1,P2,2024-01-05,5,4,3\n"
    row = one(tmp_path, TIE + 'felt = ["a", "b", "c"]', rows, 'kind = "tie"')
    assert edges(row)[0][3]["answered_share"] == 0.3


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("P1,P1,,closeness,3", "to"),
        ("P1,,,closeness,3", "Whom"),
        ("P1,P2,,closeness,6", "Value"),
        ("P1,P2,,fondness,3", "Kind"),
        ("P1,P2,,closeness,", "Value"),
        ("P1,P2,someday,closeness,3", "Day"),
        ("P1,P2,,felt,4", None),
    ],
)
def test_ties_refused(tmp_path: Path, cells: str, field: str | None) -> None:
    columns = TIE + 'kind = "Kind"\nvalue = "Value"\nanswered = { value = "2" }'
    found, _ = load(tmp_path, columns, f"Who,Whom,Day,Kind,Value\n{cells}\n", 'kind = "tie"')
    assert isinstance(found[0], Refusal)
    assert field in (None, found[0].field)


def test_a_relationship(tmp_path: Path) -> None:
    columns = """
        from = { column = "Name", id = "Number", kind = "person" }
        to = { template = "uk/{slug}", by = "id", kind = "organisation" }
        verb = { column = "Role", values = { "Chair" = "LEADS", "Member" = "MEMBER_OF" } }
        role = { column = "Role", default = "Member" }
        audience = { value = "field" }
    """
    rows = "Name,Number,slug,Role\nAda,7,cancer,Chair\nBo,,cancer,Member\n"
    found, _ = load(tmp_path, columns, rows, 'kind = "relationship"')
    ada, bo = (row for row in found if isinstance(row, Row))
    assert edges(ada) == [("LEADS", "from", "to", {"role": "Chair", "audience": 3})]
    assert ada.mentions["from"].ids == ("local-we-person-7",)
    assert ada.mentions["to"].ids == ("local-we-organisation-uk/cancer",)
    assert edges(bo) == [("MEMBER_OF", "from", "to", {"role": "Member", "audience": 3})]
    assert bo.mentions["from"].ids == ("name-person-we-bo",)


def test_a_verb_stands_only_between_its_kinds(tmp_path: Path) -> None:
    columns = 'from = { column = "A", kind = "project" }\nto = "B"\nverb = { value = "ADVISES" }'
    found, _ = load(tmp_path, columns, "A,B\nx,y\n", 'kind = "relationship"')
    assert isinstance(found[0], Refusal) and found[0].mend == "It may be: person."


def test_people_need_a_basis(tmp_path: Path) -> None:
    silent = Source("we", "We", folder=Path())
    found, _ = load(tmp_path, 'name = "Name"', "Name\nAda\n", source=silent)
    assert isinstance(found[0], Refusal) and "lawful_basis" in found[0].reason
    found, _ = load(
        tmp_path, TIE + 'kind = { value = "contact_day" }', "Who,Whom,Day\n1,2,2024-01-01\n",
        'kind = "tie"', source=silent,
    )  # fmt: skip
    assert isinstance(found[0], Refusal) and "lawful_basis" in found[0].reason


def test_what_nothing_asks_for_is_told_by_name_and_count(tmp_path: Path) -> None:
    rows = "Name,Shoe size,Left\nAda,5,x\nBo,,y\nCy,7,z\n"
    found, notes = load(tmp_path, 'name = "Name"\nignore = ["Left"]', rows)
    assert len(found) == 3 and notes.unread == {"Shoe size": 2}
    found, _ = load(tmp_path, 'name = "Name"\nignore = ["Left"]', rows, strict=True)
    assert [isinstance(each, Refusal) for each in found] == [True, False, True]


def test_a_word_the_mapping_does_not_know_is_refused(tmp_path: Path) -> None:
    columns = 'name = "Name"\nconsent = { column = "Who?", values = { "All" = "public" } }'
    found, _ = load(tmp_path, columns, "Name,Who?\nAda,all\nBo,Everyone\n")
    assert isinstance(found[0], Row) and fields(found[0])["consent"] == 4
    assert isinstance(found[1], Refusal) and found[1].cell == "B3" and "all" in found[1].mend


def test_ways_to_write_nothing(tmp_path: Path) -> None:
    told = tmp_path / "m.toml"
    told.write_text(
        'missing = ["ask Jo"]\n[[table]]\nkind = "person"\n[table.columns]\nname = "N"\nbio = "B"'
    )
    (tmp_path / "a.csv").write_text("N,B\nAda,ask jo\nBo,No data\nCy,—\n")
    found, _ = by(tmp_path / "a.csv", told)
    assert all(isinstance(row, Row) and "bio" not in fields(row) for row in found)


def test_rows_without_ids_are_what_they_say(tmp_path: Path) -> None:
    found, _ = load(tmp_path, 'name = "Name"', "Name,Town\nAda,Leeds\nAda,York\nAda,Leeds\n")
    uids = [row.record.uid for row in found if isinstance(row, Row)]
    assert uids[0] == uids[2] != uids[1]


def test_a_sheet_of_a_workbook_by_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("People").append(["Our people"])
    book["People"].append(["Name"])
    book["People"].append(["Ada"])
    book.save(tmp_path / "a.xlsx")
    told = tmp_path / "m.toml"
    text = '[[table]]\nkind = "person"\nsheet = "{}"\nheader = 2\n[table.columns]\nname = "Name"'
    told.write_text(text.format("People"))
    found, _ = by(tmp_path / "a.xlsx", told)
    assert isinstance(found[0], Row) and fields(found[0]) == {"name": "Ada"}
    told.write_text(text.format("Folk"))
    with pytest.raises(BadInput, match="It has: Sheet, People"):
        by(tmp_path / "a.xlsx", told)


def test_a_column_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"'Full name'.*It has: Name, Town"):
        load(tmp_path, 'name = "Full name"', "Name,Town\nAda,Leeds\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no \\[\\[table\\]\\]"),
        ("[[table]\n", "not TOML"),
        ('[[table]]\nkind = "person"', "table.columns"),
        ('[[table]]\nkind = "animal"\n[table.columns]\nname = "N"', "kind is 'animal'"),
        ('[[table]]\nkind = "person"\n[table.columns]\nname = "N"\nshoe = "S"', "has no shoe"),
        ('[[table]]\nkind = "person"\n[table.columns]\nbio = "N"', "say which column is name"),
        ('[[table]]\nkind = "person"\n[table.columns]\nname = {colum = "N"}', "colum: unknown"),
        ('[[table]]\nkind = "person"\n[table.columns]\nname = {by = "id"}', "give one of column"),
        ('[[table]]\nkind = "person"\n[table.columns]\nname = 7', "name of a column"),
        ('[[table]]\nkind = "person"\n[table.columns]\nname = {column="N", split="("}', "regular"),
        ('colour = "red"', "colour: unknown"),
    ],
)
def test_a_mapping_that_cannot_be_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    told = tmp_path / "m.toml"
    told.write_text(text)
    with pytest.raises(BadInput, match=said):
        table.verify(mapping.read(told))


def test_a_template_takes_several_columns(tmp_path: Path) -> None:
    found, _ = load(
        tmp_path, 'name = { template = "{First} {Last}" }', "First,Last\nAda,Byron\nBo,\n"
    )
    assert isinstance(found[0], Row) and fields(found[0])["name"] == "Ada Byron"
    assert isinstance(found[1], Refusal)


def test_plain_words_of_consent_stand_beside_a_partners_own(tmp_path: Path) -> None:
    told = 'name = "Name"\nconsent = { column = "See", values = { Anyone = "public" } }'
    rows = "Name,See\nAda,Anyone\nBo,Weaver\nCy,sometimes\n"
    (ada, bo, cy), _ = load(tmp_path, told, rows, 'kind = "person"')
    assert isinstance(ada, Row) and isinstance(bo, Row) and isinstance(cy, Refusal)
    assert (fields(ada)["consent"], fields(bo)["consent"], cy.value) == (4, 2, "sometimes")


def test_an_amount_below_nothing_is_told_of(tmp_path: Path) -> None:
    told = 'title = "Name"\namount = "Sum"'
    (row,), notes = load(tmp_path, told, "Name,Sum\nTea,-5\n", 'kind = "project"')
    assert isinstance(row, Row) and fields(row)["amount"] == -5
    assert "less than nothing" in "\n".join(notes.lines())
