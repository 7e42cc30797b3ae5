"""`tieline doctor`: the good case, and each fault made for real."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest
from click.testing import CliRunner

from tieline.cli.doctor import command
from tieline.database import doctor
from tieline.database.address import Address
from tieline.database.fetch import listed
from tieline.database.graph import Graph
from tieline.database.home import Home, Serving
from tieline.database.swap import beside
from tieline.settings import settings


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was ever started: an empty home, an empty cache."""
    for name in ("TIELINE_NEO4J_URI", "TIELINE_TODAY", "TIELINE_JAVA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if tmp_path not in settings().jars.parents:
        pytest.skip("XDG_CACHE_HOME moves the cache on Linux only")
    return tmp_path


def ask() -> tuple[dict[str, dict[str, Any]], int]:
    """Findings by name, and the exit status."""
    told = CliRunner().invoke(command, ["--json"], standalone_mode=False)
    assert told.exception is None, told.exception
    said = orjson.loads(told.stdout)
    assert said["well"] == (told.return_value == 0)
    return {each["name"]: each for each in said["findings"]}, told.return_value


def fault(name: str) -> dict[str, Any]:
    """The finding of that name, which must be a fault with a way to mend it."""
    found, status = ask()
    assert status == 1
    assert found[name]["state"] == "fault"
    assert found[name]["mend"]
    return found[name]


def test_a_bare_machine_is_well_and_stays_bare(bare: Path) -> None:
    found, status = ask()
    assert status == 0, found
    assert {name for name, each in found.items() if each["state"] == "note"} == {"jars", "database"}
    assert "tieline database start" in found["jars"]["mend"]
    assert found["java"]["said"].startswith("openjdk")
    assert list(bare.iterdir()) == []


def test_a_running_database_is_looked_into(
    graph: Graph, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(address, monkeypatch)
    found, status = ask()
    assert status == 0, found
    assert "community" in found["version"]["said"]
    assert found["model"]["state"] == found["ties"]["state"] == "well"


def test_a_terminal_is_told_the_same(bare: Path) -> None:
    told = CliRunner().invoke(command, [], standalone_mode=False)
    assert "All is well" in told.stdout


def test_a_setting_that_cannot_be_read(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_TODAY", "yesterday")
    assert "TIELINE_TODAY" in fault("settings")["said"]


def test_jars_that_were_altered(bare: Path) -> None:
    folder = settings().jars / f"neo4j-{settings().version}"
    folder.mkdir(parents=True)
    name = listed(settings().version)[0].name
    (folder / name).write_bytes(b"not what was published")
    assert name in fault("jars")["said"]


def test_a_java_that_is_not_there_or_does_not_run(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIELINE_JAVA", str(bare / "no-such-java"))
    assert "no-such-java" in fault("java")["said"]
    monkeypatch.setenv("TIELINE_JAVA", sys.executable)  # refuses -version as Java means it
    assert "does not run" in fault("java")["said"]


@pytest.mark.parametrize(
    ("name", "limit", "value"),
    [("disk", "FULL", 10**18), ("memory", "MEMORY", 10**15), ("python", "PYTHON", (4, 0))],
)
def test_a_machine_that_has_less_than_is_needed(
    bare: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: str, value: Any
) -> None:
    monkeypatch.setattr(doctor, limit, value)  # no machine has so much
    fault(name)


def test_a_disk_that_is_nearly_full(
    small_disk: Callable[[int], Path], bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_disk(100)
    monkeypatch.setenv("TIELINE_HOME", str(folder / "a home"))
    assert str(folder) in fault("disk")["said"]


def test_sizes_that_the_machine_has_not(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_HEAP", "100000g")
    assert "TIELINE_HEAP" in fault("sizes")["mend"]


def test_a_clock_that_cannot_be_right(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "MADE", date(9999, 1, 1))
    assert "Set the clock" in fault("clock")["mend"]


def test_a_port_that_another_program_has(bare: Path) -> None:
    home = Home.current()
    home.make()
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        home.keep_port(stranger.getsockname()[1])
        assert ask()[0]["port"]["state"] == "note"
    assert ask()[0]["port"]["state"] == "well"


def test_nobody_at_the_address_and_a_refused_password(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(address, monkeypatch)
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD", "wrong")
    assert "TIELINE_NEO4J_PASSWORD" in fault("database")["said"]
    monkeypatch.setenv("TIELINE_NEO4J_URI", "bolt://127.0.0.1:1")
    assert "No database answers" in fault("database")["said"]


def test_a_clock_behind_the_graph(
    graph: Graph, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(address, monkeypatch)
    monkeypatch.setenv("TIELINE_TODAY", "2001-01-01")
    found, status = ask()
    assert status == 1
    assert found["clock"]["state"] == "note"
    assert found["ties"]["state"] == "fault"


def test_a_model_that_is_not_whole_and_a_load_that_was_cut(
    graph: Graph, address: Address, raw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(address, monkeypatch)
    raw("CREATE (:Load {uid: 'l', state: 'running', file: 'people.csv', source: 'somebody'})")
    raw("MATCH (f:Field) DETACH DELETE f")
    found, status = ask()
    assert status == 0
    assert "tieline schema install" in found["model"]["mend"]
    assert "people.csv" in found["loads"]["said"]


def test_what_was_left_behind(bare: Path) -> None:
    (settings().jars / "fetching-abc").mkdir(parents=True)
    home = Home.current()
    home.make()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    created = psutil.Process(ended.pid).create_time()
    ended.wait()
    home.note(Serving(ended.pid, created, 7687, ready=True))
    beside(home).make()
    line = [sys.executable, "-c", "import time; time.sleep(60)"]
    orphans = [subprocess.Popen([*line, f"@{each.arguments}"]) for each in (home, beside(home))]
    try:
        found, status = ask()
    finally:
        for each in orphans:
            each.kill()
            each.wait()
    said = found["leftovers"]["said"]
    assert status == 0
    assert "fetching-abc" in said
    assert all(os.path.join("neo4j", name) in said for name in ("server.json", "trial"))
    assert all(f"process {each.pid}" in said for each in orphans)


def _given(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_NEO4J_URI", address.uri)
    monkeypatch.setenv("TIELINE_NEO4J_USER", address.user)
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD", address.password)
    monkeypatch.setenv("TIELINE_NEO4J_DATABASE", address.database)
    monkeypatch.delenv("TIELINE_NEO4J_PASSWORD_FILE", raising=False)
    monkeypatch.delenv("TIELINE_TODAY", raising=False)
