"""`tieline mapping suggest`: what it proposes can be read as it stands, and says why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tieline.cli.main import tieline
from tieline.errors import BadInput, WrongUse
from tieline.loaders import mapping, suggest
from tieline.loaders.formats import table

Read = Callable[..., Any]

HEADINGS = (
    "Ref,Your name,Pronouns,E-mail,Works for,Job title,Town,What you care about,"
    "Who may see your name?,Joined\n"
)
PEOPLE = f"""\
{HEADINGS}P1,Ada Byron,she,ada@example.org,LO1,weaver,Leeds,tea;company,Anyone,2024-01-01
P2,Bo Weft,they,bo@example.org,LO2,host,York,tea,Members,02/03/2024
P3,Cy Warp,he,,LO1,,CV1 2AB,soup;tea,Nobody,
P4,Di Loom,she,di@example.org,LO3,host,Leeds,company,Ask me,
"""


def proposed(path: Path, slug: str = "we") -> tuple[str, mapping.Layout]:
    """The text, and what it is read as."""
    text = suggest.text(path, slug)
    told = path.with_suffix(".toml")
    told.write_text(text)
    layout = mapping.read(told)
    table.verify(layout)
    return text, layout


def columns(layout: mapping.Layout, number: int = 0) -> dict[str, str | None]:
    return {name: specs[0].column for name, specs in layout.tables[number].columns.items()}


def test_people(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "folk.csv"
    path.write_text(PEOPLE)
    text, layout = proposed(path)
    assert layout.tables[0].kind == "person" and layout.tables[0].id[0].column == "Ref"
    assert columns(layout) == {
        "name": "Your name", "pronouns": "Pronouns", "organisation": "Works for", "place": "Town",
        "themes": "What you care about", "consent": "Who may see your name?",
    }  # fmt: skip
    employer = layout.tables[0].columns["organisation"][0]
    assert employer.by == "id" and employer.role[0].column == "Job title"
    assert layout.tables[0].columns["themes"][0].separator == ";"
    assert layout.tables[0].ignore == {"E-mail", "Joined"} and "contact details" in text
    found = reading(path, mapping=text)
    assert len(found.rows) == 4 and not found.refused and "@" not in found.text


def test_a_name_beside_an_employer_is_a_persons(tmp_path: Path, reading: Read) -> None:
    """And the registered number beside them is not theirs. UTF-16, semicolons, as a sheet saves."""
    path = tmp_path / "contacts.csv"
    text = (
        "Name;Organisation;E-mail;Town;Charity number\r\n"
        "Łucja Loom;Lantern Kitchen;l@example.org;Hull;1234567\r\n"
        "Zoë O'Weft;Heron Choir;;Leeds;1234568\r\n"
    )
    path.write_bytes(("\ufeff" + text).encode("utf-16"))
    told, layout = proposed(path)
    assert layout.tables[0].kind == "person"
    assert columns(layout) == {"name": "Name", "organisation": "Organisation", "place": "Town"}
    found = reading(path, mapping=told)
    assert len(found.rows) == 2 and not found.refused and "1234567" not in found.text


def test_an_unclear_word_about_consent_hides(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "folk.csv"
    path.write_text(PEOPLE)
    text, _ = proposed(path)
    found = reading(path, mapping=text)
    levels = {fields["name"]: fields["consent"] for fields in found.said.values()}
    assert levels == {"Ada Byron": 4, "Bo Weft": 3, "Cy Warp": 0, "Di Loom": 0}
    assert "CHECK what each word allows" in text


def test_answers_about_ties(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Who,Whom,How close are you?,Date\nP1,P2,5,2024-01-01\nP2,P1,3,2024-01-02\n")
    text, layout = proposed(path)
    assert layout.tables[0].kind == "tie"
    assert columns(layout) == {
        "from": "Who", "to": "Whom", "closeness": "How close are you?", "on": "Date",
    }  # fmt: skip
    path.write_text("Who,Whom\nP1,P2\n")
    text, layout = proposed(path)
    assert "stated_tie" in columns(layout) and "CHECK" in text
    path.rename(tmp_path / "not-in-touch.csv")
    assert "no_tie" in columns(proposed(tmp_path / "not-in-touch.csv")[1])


def test_a_workbook_with_titles_over_its_headings(tmp_path: Path, reading: Read) -> None:
    book = openpyxl.Workbook()
    groups = book.worksheets[0]
    groups.title = "Groups"
    for row in (
        ["Our partners, 2024"], [], ["Organisation", "Charity number", "Website"],
        ["Mill", 1126147, "mill.example.org"], ["Loom", 1121560, "www.loom.example"],
    ):  # fmt: skip
        groups.append(row)
    work = book.create_sheet("Projects")
    for row in (["Project", "Led by", "Start date", "End date"],
                ["Tea", "Mill", "2024-01-01", "2024-12-31"]):  # fmt: skip
        work.append(row)
    book.create_sheet("Empty")
    path = tmp_path / "partners.xlsx"
    book.save(path)
    text, layout = proposed(path)
    assert [(t.kind, t.sheet, t.header) for t in layout.tables] == [
        ("organisation", "Groups", 2), ("project", "Projects", None),
    ]  # fmt: skip
    found = reading(path, mapping=text)
    assert not found.refused and ("Mill", "LEADS", "Tea") in found.sentences
    assert any("GB-CHC-1126147" in row.record.ids for row in found.rows)


def test_what_needs_no_mapping_or_gives_nothing_says_so(tmp_path: Path) -> None:
    grants = tmp_path / "grants.csv"
    grants.write_text("Identifier,Amount Awarded,Recipient Org:Name\n1,5,Mill\n")
    with pytest.raises(WrongUse, match="360giving, which needs no mapping"):
        suggest.text(grants, "we")
    empty = tmp_path / "empty.csv"
    empty.write_text("Name,Town\n")
    with pytest.raises(BadInput, match="nothing to guess from"):
        suggest.text(empty, "we")


def test_headings_that_toml_must_quote(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "groups.csv"
    path.write_text('"Group ""A"" \\ name","What, if [any]?"\nMill,x\nLoom,y\n')
    text, _ = proposed(path)
    assert len(reading(path, mapping=text).rows) == 2


REAL = {
    "open-sustainable-technology/organizations.csv": ("organisation", 1192, 0),
    "appg/groups_uk.csv": ("organisation", 624, 0),
    "appg/members_uk.csv": ("person", 11_375, 1),
    "appg/categories.csv": ("relationship", 1449, 0),
    "charity-lookups/charity-names.csv": ("organisation", 2285, 1),
    "charity-lookups/dual-registered-uk-charities.csv": ("organisation", 1503, 0),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.slow if "members" in n else ()) for n in REAL],
)
def test_real_partners_tables_load_by_what_is_proposed(
    shared: Path, reading: Read, tmp_path: Path, name: str
) -> None:
    path = tmp_path / Path(name).name
    path.write_bytes((shared / "partners" / name).read_bytes())
    text, layout = proposed(path)
    found = reading(path, mapping=text)
    kind, accepted, refused = REAL[name]
    assert layout.tables[0].kind == kind
    assert (len(found.rows), len(found.refused)) == (accepted, refused)


ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples/through-thick-and-thin").glob("*/*.csv"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_examples_tables_can_be_read_by_what_is_proposed(
    path: Path, reading: Read, tmp_path: Path
) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    text, _ = proposed(copy)
    found = reading(copy, mapping=text)
    assert found.rows and not found.refused


def test_the_command_prints_the_mapping_alone(tmp_path: Path) -> None:
    path = tmp_path / "folk.csv"
    path.write_text(PEOPLE)
    ran = CliRunner().invoke(
        tieline, ["mapping", "suggest", str(path), "--source", "our-net"], standalone_mode=False
    )
    assert ran.exception is None and ran.stderr == ""
    assert ran.stdout == suggest.text(path, "our-net") and '"our-net-words"' in ran.stdout
    ran = CliRunner().invoke(
        tieline, ["mapping", "suggest", str(path), "--source", "No!"], standalone_mode=False
    )
    assert isinstance(ran.exception, WrongUse)


def test_offers_asks_and_what_was_learnt(tmp_path: Path) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("Group,We can offer,What would help\nMill,a room;tea,a cook\nLoom,tea,\n")
    _, layout = proposed(path)
    assert columns(layout) == {"name": "Group", "offers": "We can offer", "asks": "What would help"}
    assert layout.tables[0].columns["offers"][0].scheme == "we-words"
    path = tmp_path / "projects.csv"
    path.write_text(
        "Project,Led by,Starts,What we learnt,People reached\n"
        "Tea,Mill,2024-01-01,Ask people when. Then book.,40\nSoup,Loom,2023-01-01,,\n"
    )
    _, layout = proposed(path)
    assert columns(layout)["lessons"] == "What we learnt"
    assert columns(layout)["reached"] == "People reached"
