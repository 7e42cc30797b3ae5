"""The embedded server's life, as processes: commands are run as a person runs them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tieline.database import java, launch, server
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.home import Home, Serving
from tieline.database.install import install
from tieline.errors import DatabaseProblem, ServerProblem

IDLE = 3.0  # seconds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX file modes")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home with nothing in it, not even made."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "a home"))
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    yield Home.current()
    server.stop()


def command(*words: str) -> subprocess.Popen[str]:
    run = "from tieline.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", run, "database", *words],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def answer(*words: str) -> str:
    process = command(*words)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def servers(home: Home) -> list[psutil.Process]:
    """The processes that serve this home, by their command line."""
    return home.processes()


def serving(home: Home) -> Serving:
    found = home.serving()
    assert found
    return found


def gone(home: Home, within: float) -> bool:
    until = time.monotonic() + within
    while home.serving() and time.monotonic() < until:
        time.sleep(0.1)
    return home.serving() is None


def test_status_starts_nothing(home: Home) -> None:
    said = json.loads(answer("status", "--json"))
    assert said["running"] is False
    assert said["pid"] is said["uri"] is said["password_file"] is None
    assert not home.root.exists()


def test_logs_wipe_and_find_say_what_to_do(home: Home) -> None:
    for words in (["logs"], ["wipe"]):
        process = command(*words)
        assert process.communicate(input="", timeout=60)[1].startswith("tieline: Th")
        assert process.returncode == 2
    with pytest.raises(ServerProblem, match="tieline database start"):
        find(start=False)


def test_a_server_lives_alone_privately_and_not_for_ever(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One start serves many checks, since each takes seconds."""
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", str(IDLE / 60))
    both = [command("start"), command("start")]
    said = {process.communicate(timeout=120)[0] for process in both}
    with Graph(find(start=False)) as graph:
        assert len(said) == len(servers(home)) == 1
        assert graph.address.uri in said.pop()
        _is_private(home, graph.address)
        _shows_in_status(home, graph.address)
        time.sleep(IDLE * 1.5)
        assert graph.read("database/ping") == [{"here": 1}]  # idle, but not without a client
    assert gone(home, within=60)
    assert servers(home) == []


def _is_private(home: Home, address: Address) -> None:
    assert home.neo4j.stat().st_mode & 0o777 == 0o700
    assert home.password_file.stat().st_mode & 0o777 == 0o600
    (process,) = servers(home)
    listening = [c for c in process.net_connections("all") if c.status == psutil.CONN_LISTEN]
    assert {c.laddr.ip.removeprefix("::ffff:") for c in listening} == {"127.0.0.1"}
    assert address.password not in " ".join(process.cmdline())
    kept = [path for path in home.neo4j.rglob("*") if path.is_file() and path.stat().st_size]
    holding = [path for path in kept if address.password.encode() in path.read_bytes()]
    assert holding == [home.password_file]


def _shows_in_status(home: Home, address: Address) -> None:
    said = json.loads(answer("status", "--json"))
    assert said["running"] is True
    assert said["uri"] == address.uri
    assert said["pid"] == serving(home).pid
    assert Path(said["password_file"]).read_text("utf-8").strip() == address.password
    assert Path(said["data"]).is_dir()
    assert said["bytes"] > 0


def test_a_note_of_another_process_is_stale(home: Home) -> None:
    home.make()
    mine = psutil.Process()
    home.note(Serving(mine.pid, mine.create_time() - 3600, 7687, ready=True))
    assert home.serving() is None
    assert server.running() is None
    assert server.stop() is False  # or these tests would end here
    home.note(Serving(mine.pid, mine.create_time(), 7687, ready=True))
    assert home.serving() is not None
    home.note(None)


@pytest.mark.slow
def test_the_port_stays_unless_another_program_has_it(home: Home) -> None:
    first = answer("start")
    server.stop()
    assert answer("start") == first
    server.stop()
    with socket.create_server(("127.0.0.1", home.port() or 0)):
        process = command("start")
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert out != first
        assert "is another program's now" in err
    server.stop()
    assert answer("start") == out


@pytest.mark.slow
def test_a_port_taken_at_the_last_moment_is_given_up_and_its_holder_is_told_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.make()
    looked = launch.free
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        home.keep_port(port)
        seen: list[int] = []

        def free(at: int) -> bool:  # the first look is before the stranger came
            seen.append(at)
            return len(seen) == 1 or looked(at)

        monkeypatch.setattr(launch, "free", free)
        with Graph(find()) as graph:
            assert graph.read("database/ping") == [{"here": 1}]
        assert seen[0] == port != serving(home).port
        assert _heard(stranger) == b""
    assert len(servers(home)) == 1


def _heard(stranger: socket.socket) -> bytes:
    """All that those who called have said; each has hung up since."""
    stranger.settimeout(0.2)
    said = b""
    with suppress(TimeoutError):
        while True:
            caller, _ = stranger.accept()
            with caller:
                said += caller.recv(100)
    return said


@pytest.mark.slow
def test_a_home_with_spaces_and_other_letters(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "Zoë's 圖 𝄞 home"
    monkeypatch.setenv("TIELINE_HOME", str(other))
    with Graph(find()) as graph:
        assert graph.read("database/ping") == [{"here": 1}]
    assert server.stop()
    assert list((other / "neo4j" / "data" / "databases").iterdir())
    assert list(tmp_path.iterdir()) == [other]  # nothing under a name that was read wrongly


@pytest.mark.slow
def test_what_is_committed_outlives_stops_kills_and_half_starts(home: Home) -> None:
    with Graph(find()) as graph:
        version = graph.version()
    assert server.stop()
    with Graph(find()) as graph:
        assert graph.version() == version
    os.kill(serving(home).pid, signal.SIGKILL)
    assert gone(home, within=10)
    with Graph(find()) as graph:
        assert graph.version()
    first = serving(home)
    home.note(Serving(first.pid, first.created, first.port, ready=False))  # its starter died
    with Graph(find()) as graph:
        assert graph.version()
    assert serving(home).pid != first.pid
    assert answer("wipe", "--yes")
    assert not home.neo4j.exists()


def test_a_home_that_cannot_be_made_is_said(home: Home) -> None:
    home.root.write_text("in the way", "utf-8")
    with pytest.raises(ServerProblem, match="TIELINE_HOME"):
        find()
    home.root.unlink()


@pytest.mark.slow
def test_a_server_that_cannot_start_says_why(home: Home) -> None:
    home.make()
    (home.data / "databases").write_text("in the way", "utf-8")
    with pytest.raises(ServerProblem, match=r"did not start.*server\.log"):
        find()
    assert home.serving() is None
    assert servers(home) == []


@pytest.mark.slow
def test_a_lost_password_is_said_and_no_server_is_left(home: Home) -> None:
    find()
    assert server.stop()
    home.password_file.write_text("another", "utf-8")
    with pytest.raises(ServerProblem, match="Put the right file back"):
        find()
    assert home.serving() is None
    assert servers(home) == []


@pytest.mark.slow
def test_where_nobody_may_write_that_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a database that is set to be read alone; the server says why."""
    with Graph(find()) as graph:
        install(graph)
    server.stop()
    usual = java.configuration
    monkeypatch.setattr(
        java,
        "configuration",
        lambda *of: usual(*of) + "server.databases.default_to_read_only=true\n",
    )
    with Graph(find()) as graph:
        assert graph.read("database/ping") == [{"here": 1}] and install(graph) == []
        with pytest.raises(DatabaseProblem, match=r"read-only mode.* Nothing was written"):
            graph.write(
                lambda steps: steps.run("erasure/keep", keys=["a"], at="2026-01-01", digest="")
            )
    server.stop()
