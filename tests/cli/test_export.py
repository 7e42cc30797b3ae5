"""tieline export: to a file, whole or not at all; to stdout; refused in a sentence."""

import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tieline.cli.drawn import beside
from tieline.exports import read as reading
from tieline.exports.written import FORMATS, form

Typed = Callable[..., tuple[int, str, str]]
Raw = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def field(raw: Raw) -> Raw:
    raw(
        "CREATE (a:Actor:Person {uid: 'p-1', name: 'Zoë', consent: 4}), "
        "(b:Actor:Person {uid: 'p-2', name: 'Ben', consent: 4}), "
        "(c:Actor:Person {uid: 'p-3', name: 'Stew', consent: 1}), "
        "(a)-[:TIE {audience: 4, step: .5, strength: .5, label: 'thick', kinds: ['role'], "
        "  step_4: .5, label_4: 'middling', kinds_4: ['role']}]->(b), "
        "(a)-[:TIE {audience: 1, step: .5, strength: .5, label: 'thin', kinds: ['role']}]->(c)"
    )
    return raw


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(name: str, field: Raw, typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / f"map{form(name).suffix}"
    status, out, err = typed("export", name, str(file))
    assert (status, out) == (0, "") and file.stat().st_size > 100
    told = f"Wrote 3 things and 2 ties to {file}: A map of the field, as a steward may see it"
    assert told in err
    assert list(tmp_path.iterdir()) == [file]


def test_it_goes_to_stdout_as_anyone_may_see_it(field: Raw, typed: Typed) -> None:
    status, out, err = typed("export", "kumu", "-", "--as", "anonymous")
    data = json.loads(out)
    assert status == 0 and "Wrote 2 things and 1 tie to stdout" in err
    assert [each["label"] for each in data["elements"]] == ["Zoë", "Ben"]
    assert [each["Strength"] for each in data["connections"]] == [2.0]


def test_what_not_anyone_may_see_only_its_owner_reads(
    field: Raw, typed: Typed, tmp_path: Path
) -> None:
    file = tmp_path / "map.json"
    before = os.umask(0o022)
    try:
        for level, mode in (("steward", 0o600), ("anonymous", 0o644), ("member", 0o600)):
            assert typed("export", "kumu", str(file), "--as", level)[0] == 0
            assert file.stat().st_mode & 0o777 == mode, level
    finally:
        os.umask(before)


def test_numbers_are_for_stewards(field: Raw, typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "map.xlsx"
    assert typed("export", "xlsx", str(file), "--numbers")[0] == 0
    sheet = load_workbook(io.BytesIO(file.read_bytes()))["Connections"]
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == [0.5, 0.5]
    status, _, err = typed("export", "xlsx", str(file), "--numbers", "--as", "weaver")
    assert status == 2 and "for stewards" in err


def test_a_file_is_as_it_was_where_it_fails(
    field: Raw, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "map.json"
    file.write_text("before")

    async def fails(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reading.Read, "_tied", fails)
    status, _, err = typed("export", "kumu", str(file))
    assert status == 1 and "No space left" in err
    assert file.read_text() == "before" and list(tmp_path.iterdir()) == [file]


def test_what_is_not_whole_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), beside(tmp_path / "map", private=True) as out:
        out.write(b"half")
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_pipe_stays_a_pipe_and_a_link_a_link(field: Raw, typed: Typed, tmp_path: Path) -> None:
    """Nothing is put in the place of what is no file: that was a device's end."""
    pipe, link, target = (tmp_path / name for name in ("pipe", "link", "target"))
    os.mkfifo(pipe)
    link.symlink_to(target)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        assert typed("export", "kumu", str(pipe), "--as", "anonymous")[0] == 0
        assert len(json.loads(read.result(timeout=60))["elements"]) == 2
    assert pipe.is_fifo()
    assert typed("export", "kumu", str(link))[0] == 0
    assert link.is_symlink() and len(json.loads(target.read_bytes())["elements"]) == 3
    assert sorted(tmp_path.iterdir()) == [link, pipe, target]


def test_nobody_is_said_not_to_be_recorded(raw: Raw, typed: Typed, tmp_path: Path) -> None:
    status, _, err = typed("export", "gexf", str(tmp_path / "map"))
    assert status == 0 and "Wrote 0 things and 0 ties" in err
    assert "not that nothing happens" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gml", "x"], "'gml' is not one of"),
        (["kumu"], "Missing argument 'FILE'"),
        (["kumu", "nowhere/at/all.json"], "There is no folder nowhere/at"),
        (["gephi-csv", "map.csv"], "a .zip file: name a FILE that ends so"),
        (["kumu", "-", "--place", "Nowhere at all"], "Nothing here answers to 'Nowhere at all'"),
        (["kumu", "-", "--place", ""], "The place is empty: name one, or leave it out"),
        (["kumu", "-", "--theme", " "], "The theme is empty"),
        (["kumu", "-", "--label", "fat"], "'fat' is not one of"),
    ],
)
def test_wrong_use_is_said(words: list[str], said: str, field: Raw, typed: Typed) -> None:
    status, out, err = typed("export", *words)
    assert status == 2 and not out and said in " ".join(err.split())
