"""A disk that is full, and a first start without a network: whole commands, each a sentence."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tieline.database import server
from tieline.database.home import Home

FIELD = Path(__file__).parents[2] / "examples" / "through-thick-and-thin"
RUN = "from tieline.cli.main import main; main()"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Home]]:
    """home(folder): the home, in that folder."""
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", "5")

    def make(folder: Path) -> Home:
        monkeypatch.setenv("TIELINE_HOME", str(folder / "a home"))
        return Home.current()

    yield make
    server.stop()


def command(*words: str, **environment: str) -> tuple[int, str, str]:
    line = [sys.executable, "-c", RUN, *words]
    said = {**os.environ, **environment}
    told = subprocess.run(line, capture_output=True, text=True, env=said, timeout=600)
    return told.returncode, told.stdout, told.stderr


def sentence(told: tuple[int, str, str]) -> str:
    """What a command says that failed: one line, no stack trace."""
    status, out, err = told
    assert (status, out) == (1, "")
    last = err.splitlines()[-1]
    assert last.startswith("tieline: ")
    assert "Traceback" not in err
    return last


def fill(folder: Path) -> Path:
    """A file that takes all the room that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_a_full_disk_is_said_and_nothing_is_lost(
    small_disk: Callable[[int], Path], home: Callable[[Path], Home]
) -> None:
    disk = small_disk(100)
    home(disk)
    assert command("load", str(FIELD / "places"))[0] == 0
    before = command("hash")[1].split()[-1]

    ballast = fill(disk)  # while the server runs
    assert "There is no room" in sentence(command("load", str(FIELD / "lanterns")))
    assert "There is no room" in sentence(command("hash"))  # which finds it ended
    ballast.unlink()
    assert command("hash")[0] == 0  # what it says rests on how much had been acknowledged
    status, _, err = command("load", str(FIELD / "lanterns"))
    assert status == 0, err
    after = command("hash")[1].split()[-1]

    command("database", "stop")
    ballast = fill(disk)  # while it does not
    assert "There is no room" in sentence(command("hash"))
    assert not Home.current().processes()
    ballast.unlink()
    assert command("hash")[1].split()[-1] == after
    assert command("withdraw", "lanterns", "--yes")[0] == 0
    assert command("hash")[1].split()[-1] == before


@pytest.mark.slow
def test_a_first_start_on_a_full_disk_is_said(
    small_disk: Callable[[int], Path], home: Callable[[Path], Home]
) -> None:
    disk = small_disk(100)
    home(disk)
    ballast = fill(disk)
    assert "There is no room" in sentence(command("database", "start"))
    ballast.unlink()
    assert command("database", "start")[0] == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME moves the cache on Linux only")
def test_a_first_start_without_a_network_is_said(
    tmp_path: Path, home: Callable[[Path], Home]
) -> None:
    """Whole: `tieline demo` on a machine that has nothing yet, and nobody beyond it answers."""
    made = home(tmp_path)
    nobody = "http://127.0.0.1:9"
    told = command(
        "demo",
        "--no-serve",
        XDG_CACHE_HOME=str(tmp_path / "cache"),
        HTTPS_PROXY=nobody,
        HTTP_PROXY=nobody,
        ALL_PROXY=nobody,
    )
    assert "Check that the Java registry can be reached" in sentence(told)
    assert told[2].count("tieline: ") == 1
    assert not made.processes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks for a network of its own")
def test_a_machine_without_any_network_has_what_it_fetched(
    tmp_path: Path, home: Callable[[Path], Home]
) -> None:
    """Nothing is asked of anyone once the server's files are here."""
    alone = ["unshare", "--net", "sh", "-ec", 'ip link set lo up; exec "$@"', "sh"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("no network of our own may be made here")
    home(tmp_path)
    line = [*alone, sys.executable, "-c", RUN, "hash"]
    told = subprocess.run(line, capture_output=True, text=True, timeout=280)
    assert told.returncode == 0, told.stderr
