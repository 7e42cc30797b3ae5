"""Descriptions of sources, what a path holds to be loaded, and ids that come twice."""

import zipfile
from pathlib import Path

import psutil
import pytest

from tieline.errors import BadInput, WrongUse
from tieline.loaders import source, tasks
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.seen import Seen
from tieline.loaders.source import built_in, find
from tieline.loaders.tasks import Wish
from tieline.schema.records import Row

MAPPING = """
[[table]]
name = "people"
file = "people.csv"
kind = "person"
id = "Ref"
[table.columns]
name = "Name"
[[table]]
name = "groups"
file = "groups.csv"
kind = "organisation"
[table.columns]
name = "Group"
"""


def folder(place: Path, described: str = 'lawful_basis = "consent"') -> Path:
    """A source of two tables."""
    place.mkdir(exist_ok=True)
    (place / "source.toml").write_text(f'slug = "we"\nmapping = "mapping.toml"\n{described}\n')
    (place / "mapping.toml").write_text(MAPPING)
    (place / "people.csv").write_text("Ref,Name\nP1,Ada\nP2,Bo\n")
    (place / "groups.csv").write_text("Group\nMill\n")
    return place


def test_a_folder_is_its_tables_in_order(tmp_path: Path) -> None:
    found = tasks.tasks(Wish(folder(tmp_path / "we")))
    assert [(each.part, each.path.name) for each in found] == [
        ("people", "people.csv"), ("groups", "groups.csv"),
    ]  # fmt: skip
    only = tasks.tasks(Wish(tmp_path / "we", part="groups"))
    assert [each.part for each in only] == ["groups"]
    assert len({each.mapping_digest for each in found}) == 2


def test_a_file_is_the_table_that_names_it(tmp_path: Path) -> None:
    place = folder(tmp_path / "we")
    found = tasks.tasks(Wish(place / "groups.csv", slug="we", sources=tmp_path))
    assert [each.part for each in found] == ["groups"]
    (place / "others.csv").write_text("Ref,Name\nP3,Cy\n")
    with pytest.raises(WrongUse, match="people, groups"):
        tasks.tasks(Wish(place / "others.csv", slug="we", sources=place))
    found = tasks.tasks(Wish(place / "others.csv", slug="we", sources=place, part="people"))
    rows = list(found[0].rows(Notes()))
    assert [isinstance(row, Row) for row in rows] == [True]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(Path("people.csv")), "--source"),
        (Wish(Path("people.csv"), slug="We!"), "no slug"),
        (Wish(Path("nowhere.csv"), slug="we"), "no file or folder"),
        (Wish(Path("people.csv"), slug="else"), "mapping"),
        (Wish(Path("people.csv"), slug="we", sources=Path("nowhere")), "no folder"),
        (Wish(Path(), part="pets"), "people, groups"),
        (Wish(Path("people.csv"), slug="we", sources=Path(), mapping=Path("no.toml")), "no.toml"),
    ],
)
def test_what_cannot_be_loaded_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: Wish, said: str
) -> None:
    monkeypatch.chdir(folder(tmp_path / "we"))
    with pytest.raises(WrongUse, match=said):
        tasks.tasks(wish)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('audience = "everybody"', "audience"),
        ("reliability = 1.5", "reliability"),
        ("reliability = true", "reliability"),
        ('retrieved = "soon"', "retrieved"),
        ("title = 7", "title"),
        ('colour = "red"', "colour"),
        ("[expected.person]\nmin = 1", "expected.person"),
        ("[expected.animal]\nmin = 1\nmax = 2", "expected.animal"),
        ("= 1", "not TOML"),
    ],
)
def test_a_description_that_cannot_be_says_what_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "source.toml").write_text(f'slug = "we"\n{text}')
    with pytest.raises(BadInput, match=said):
        source.read(tmp_path)


def test_what_a_description_says(tmp_path: Path) -> None:
    found = source.read(
        folder(tmp_path / "we", 'lawful_basis = "Public record"\naudience = "field"')
    )
    assert found.properties == {
        "slug": "we", "title": "we", "lawful_basis": "Public record", "reliability": 1.0,
        "audience": 3, "public": True,
    }  # fmt: skip


def test_a_slug_that_nobody_described() -> None:
    plain = find("nobody-knows")
    assert (plain.reliability, plain.audience, plain.public) == (1.0, 4, False)
    assert plain.lawful_basis and plain.folder is None


def test_every_built_in_source_can_be_read() -> None:
    found = built_in()
    assert {"abct", "lbfew", "appg", "uk-local-authorities"} <= {each.slug for each in found}
    for each in found:
        assert each.licence and each.publisher and each.expected and each.folder
        assert each.slug == each.folder.name


def test_ids_that_come_twice(tmp_path: Path) -> None:
    place = folder(tmp_path / "we")
    (place / "people.csv").write_text("Ref,Name\nP1,Ada\nP1,Bo\nP2,Cy\nP1,Ada\n")
    notes = Notes()
    found = list(tasks.tasks(Wish(place))[0].rows(notes))
    assert [isinstance(each, Refusal) for each in found] == [False, True, False, False]
    assert isinstance(found[1], Refusal) and "same id" in found[1].reason
    assert found[1].where.line == 3
    assert any("came before" in text for _, text in notes.warnings)


def test_a_hundred_thousand_ids_in_little_memory() -> None:
    seen, before = Seen(), psutil.Process().memory_info().rss
    assert all(seen.put(f"id {n}", "x") is None for n in range(100_000))
    assert all(seen.put(f"id {n}", "x") is True for n in range(0, 100_000, 997))
    assert all(seen.put(f"id {n}", "y") is False for n in range(0, 100_000, 997))
    assert psutil.Process().memory_info().rss - before < 16_000_000


def test_a_folder_that_is_one_load_is_known_by_all_its_files(tmp_path: Path) -> None:
    for name, text in (("elements", "Label,Type\nAda,Charity\n"), ("ties", "From,To\nAda,Bo\n")):
        (tmp_path / f"{name}.csv").write_text(text)
    (found,) = tasks.tasks(Wish(tmp_path, slug="we"))
    assert (found.format, found.part) == ("kumu", "all")
    before = found.sha256()
    (tmp_path / "ties.csv").write_text("From,To\nAda,Cy\n")
    assert found.sha256() != before
    (tmp_path / "ties.csv").rename(tmp_path / "links.csv")
    assert len({before, found.sha256()}) == 2


def test_a_link_out_of_the_folder_says_what_it_is(tmp_path: Path) -> None:
    place = folder(tmp_path / "we")
    (tmp_path / "elsewhere.csv").write_text("Group\nMill\n")
    (place / "groups.csv").unlink()
    (place / "groups.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(BadInput, match=r"lies outside .* link"):
        tasks.tasks(Wish(place))


def test_a_zip_of_other_files_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("people.csv", "Name\nAda\n")
    with pytest.raises(BadInput, match="a zip of files"):
        tasks.tasks(Wish(path, slug="we"))
