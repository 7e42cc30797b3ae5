"""What a backup's file must be, and how two databases change places: no server is needed."""

import os
import random
import zipfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from tieline.cli.main import main
from tieline.database import archive
from tieline.database.admin import DUMP
from tieline.database.archive import Contents, Facts
from tieline.database.home import Home
from tieline.database.swap import aside, beside, exchanged, mend, swap
from tieline.errors import BadInput, ServerProblem, WrongUse
from tieline.schema.declared import migrations
from tieline.settings import VERSION

SEED = 20261121
BYTES = random.Random(SEED).randbytes(5_000)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "a home"))
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    return Home.current()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup as they are written; what its dump holds matters to no test here."""
    monkeypatch.setenv("TIELINE_NEO4J_VERSION", VERSION)  # whatever these tests run on
    dump = tmp_path / DUMP
    dump.write_bytes(BYTES)
    facts = Facts("ab" * 32, {"Person": 3}, {each.name: each.checksum for each in migrations()})
    file = tmp_path / "a.tieline"
    archive.write(file, dump, Contents.of(dump, "2026-11-21T04:00:00+00:00", facts), force=False)
    return file


def told(file: Path, folder: Path) -> tuple[Contents, bytes]:
    """All that a restore takes from a file."""
    contents = archive.read(file)
    return contents, archive.extract(file, contents, folder).read_bytes()


def changed(file: Path, **fields: Any) -> None:
    """The same backup, saying something else of itself."""
    said = {**asdict(archive.read(file)), **fields}
    file.unlink()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(archive.CONTENTS, orjson.dumps(said))
        out.writestr(DUMP, BYTES)


def test_a_file_comes_back_as_it_was_and_is_nobody_elses_to_read(
    file: Path, tmp_path: Path
) -> None:
    contents, dump = told(file, tmp_path / "out")
    assert dump == BYTES
    assert contents.neo4j == VERSION
    assert contents.bytes == len(BYTES)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("*.part*")] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"facts": {"graph_hash": "", "counts": {}, "migrations": {"0999_a": "x"}}}, "0999_a.*Upd"),
        ({"facts": {"graph_hash": "", "counts": {}, "migrations": {"0001_names": "x"}}}, "edited"),
        ({"format": 2, "tieline": "9.0"}, "newer Tieline .9.0.. Update"),
        ({"neo4j": "4.4.12"}, "TIELINE_NEO4J_VERSION=4.4.12"),
        ({"neo4j": "2099.01.0"}, "newer than .* Update Tieline"),
        ({"neo4j": "no version"}, "broken"),
        ({"facts": None}, "broken"),
        ({"more": 1}, "broken"),
        ({"sha256": "00" * 32}, "not the one that was backed up"),
    ],
)
def test_what_cannot_be_restored_is_refused_with_what_to_do(
    file: Path, tmp_path: Path, fields: dict[str, Any], words: str
) -> None:
    changed(file, **fields)
    with pytest.raises(BadInput, match=words):
        told(file, tmp_path / "out")


def test_an_earlier_release_of_the_same_line_is_taken(file: Path, tmp_path: Path) -> None:
    changed(file, neo4j="2025.01.0", tieline="0.0.1")
    assert told(file, tmp_path / "out")[1] == BYTES


def test_no_damage_goes_unseen(file: Path, tmp_path: Path) -> None:
    """Cut anywhere, or a byte changed anywhere: refused, unless what it says is the same still."""
    whole, chance = file.read_bytes(), random.Random(SEED)
    before, refused = told(file, tmp_path / "out"), 0
    tries = 600
    for attempt in range(tries):
        at = chance.randrange(len(whole))
        if attempt % 3:  # the dump is most of it; what says what it is, is at both ends
            at = chance.choice([at, chance.randrange(900), len(whole) - 1 - chance.randrange(300)])
        other = bytes([whole[at] ^ (1 << chance.randrange(8))])
        file.write_bytes(whole[:at] if attempt % 4 == 0 else whole[:at] + other + whole[at + 1 :])
        try:
            assert told(file, tmp_path / "out") == before
        except BadInput:
            refused += 1
    assert refused > tries / 2


def test_an_end_that_leads_nowhere_is_said(file: Path, tmp_path: Path) -> None:
    """Each bit of the last bytes changed: they say where in the file the rest is."""
    whole, before = file.read_bytes(), told(file, tmp_path / "out")
    for at, bit in ((at, bit) for at in range(len(whole) - 22, len(whole)) for bit in range(8)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
        with suppress(BadInput):
            assert told(file, tmp_path / "out") == before


@pytest.mark.parametrize("content", [b"", b"name,place\nAmara,Coventry\n", None])
def test_what_is_no_backup_is_said_so(tmp_path: Path, home: Home, content: bytes | None) -> None:
    file = tmp_path / "people.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["restore", str(file), "--yes"])
    assert ended.value.code == 2
    assert not home.root.exists()


def test_a_zip_of_something_else_is_no_backup(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("people.csv", "name\n")
    with pytest.raises(BadInput, match="no backup by Tieline"):
        archive.read(tmp_path / "a.zip")


def test_a_file_is_never_written_over_unless_told(file: Path, tmp_path: Path) -> None:
    before, contents = file.read_bytes(), archive.read(file)
    with pytest.raises(WrongUse, match="--force"):
        archive.refuse_to_overwrite(file, force=False)
    with pytest.raises(WrongUse, match="appeared meanwhile"):
        archive.write(file, tmp_path / DUMP, contents, force=False)
    assert file.read_bytes() == before
    (tmp_path / DUMP).write_bytes(b"other")
    archive.write(file, tmp_path / DUMP, contents, force=True)
    assert file.read_bytes() != before
    with pytest.raises(WrongUse, match="a folder that is there"):
        archive.refuse_to_overwrite(tmp_path / "none" / "a.tieline", force=True)
    assert [path.name for path in tmp_path.glob("*.part*")] == []


def test_no_database_and_a_database_elsewhere_are_said(
    home: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for given, words in (("", "no database"), ("bolt://localhost:1", "docker compose stop")):
        monkeypatch.setenv("TIELINE_NEO4J_URI", given)
        with pytest.raises(SystemExit) as ended:
            main(["backup", str(tmp_path / "a.tieline")])
        assert ended.value.code == 2
        assert words in capsys.readouterr().err
    assert not home.root.exists()


def two(home: Home) -> None:
    """A database in its place and one beside it."""
    for each, name in ((home, "old"), (beside(home), "new")):
        each.make()
        (each.data / "name").write_text(name, "utf-8")


def name(home: Home) -> str:
    return (home.data / "name").read_text("utf-8")


def test_two_databases_change_places_and_back(home: Home) -> None:
    two(home)
    for here, there in (("new", "old"), ("old", "new")):
        swap(home)
        assert (name(home), name(beside(home))) == (here, there)
        assert not mend(home)
    assert not exchanged(home.data, home.data / "none")
    assert name(home) == "old"


def test_a_swap_killed_between_its_renames_is_mended(home: Home) -> None:
    """As where the system has no exchange: each state that its three renames pass through."""
    two(home)
    os.replace(home.data, aside(home))
    home.make()  # what a start does first
    assert mend(home)
    assert (name(home), name(beside(home))) == ("old", "new")

    os.replace(home.data, aside(home))
    os.replace(beside(home).data, home.data)
    assert not mend(home)
    assert name(home) == "new"


def test_a_database_begun_since_is_not_written_over(home: Home) -> None:
    two(home)
    os.replace(home.data, aside(home))
    home.make()
    (home.data / "name").write_text("begun since", "utf-8")
    with pytest.raises(ServerProblem, match="old one is whole"):
        mend(home)
    assert name(home) == "begun since"
    assert (aside(home) / "name").read_text("utf-8") == "old"
