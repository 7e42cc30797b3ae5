"""The field is read once: kept in memory and on disk, by version, level and label."""

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers import shelf
from tieline.queries.answers.kept import forget_all
from tieline.queries.bridges.ask import bridges
from tieline.queries.bridges.brokers import brokers

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


@pytest.fixture
def folder(plant: Any, address: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a home in which also small graphs are kept on disk; a ring in it that stewards alone see
    closed."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(shelf, "LEAST", 0)
    plant.actors("a", "b", "c", "d")
    plant.ties([("a", "b", 0.5), ("b", "c", 0.5), ("c", "d", 0.5)])
    plant.ties([("d", "a", 0.5)], at=1)
    return tmp_path / "answers"


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_second_process_reads_no_ties(folder: Path, run: Run, reader: Readers) -> None:
    first, second, third = reader(4), reader(4), reader(4)
    told = run(bridges(first))
    assert "bridges/ties" in first.statements and len(files(folder)) == 2, "ties and shares"
    forget_all()  # as another process begins
    assert run(bridges(second)) == told and "bridges/ties" not in second.statements
    forget_all()
    rows = run(brokers(third))["rows"]
    assert "bridges/ties" not in third.statements
    assert [row["label"] for row in rows] == [
        "joins_some",
        "joins_some",
        "within_one",
        "within_one",
    ]


def test_no_level_finds_what_another_kept(folder: Path, run: Run, reader: Readers) -> None:
    assert run(bridges(reader(1)))["total"] == 0
    mine = files(folder)
    forget_all()
    public = reader(4)
    assert run(bridges(public))["total"] == 5 and "bridges/ties" in public.statements
    others = [name for name in files(folder) if name not in mine]
    assert len(others) == 2
    for name in others:  # even where a file stands under another's name, it says whose it is
        for wrong in mine:
            shutil.copy(folder / wrong, folder / name)
            forget_all()
            assert run(bridges(reader(4)))["total"] == 5


def test_who_writes_removes_it_at_once(
    folder: Path, run: Run, reader: Readers, connection: Graph
) -> None:
    run(bridges(reader(4)))
    assert files(folder)
    connection.write(lambda steps: steps.run("database/ping"))
    assert files(folder) == []


def test_what_was_written_from_elsewhere_is_noticed_at_the_next_question(
    folder: Path, plant: Any, run: Run, reader: Readers
) -> None:
    run(bridges(reader(4)))
    before = files(folder)
    plant.cypher("MATCH (x:Actor {uid: 'd'}) SET x.consent = 0")
    told = run(bridges(reader(4)))
    assert told["total"] == 3 and not set(before) & set(files(folder))
    assert b"\nd" not in b"".join((folder / name).read_bytes() for name in files(folder))


def test_a_scope_and_a_label_and_a_day(folder: Path, run: Run, reader: Readers) -> None:
    run(bridges(reader(4)))
    assert run(bridges(reader(4), {"label": "thick"}))["total"] == 0
    assert run(bridges(reader(4), {"on": "2020-01-01"}))["total"] == 0, "nothing was observed"
    for day in ("2999-01-01", "yesterday"):
        with pytest.raises(WrongUse):
            run(bridges(reader(4), {"on": day}))
