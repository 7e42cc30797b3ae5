"""Server and clients killed at seeded moments: nothing is lost, and the next command works.

`python tests/database/test_faults.py` does the same and prints a table: what was done, how often,
what was lost, how long the next command took.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import neo4j
import psutil
import pytest

from tieline.database import server
from tieline.database.address import find
from tieline.database.home import Home
from tieline.database.swap import beside

SEED, MOMENTS = 20261121, 20
ROUND = 1_000_000
FIELD = Path(__file__).parents[2] / "examples" / "through-thick-and-thin" / "lanterns"
RUN = "from tieline.cli.main import main; main()"
# Each number is written as two halves in one transaction, and once acknowledged noted on disk.
WRITER = """
import os, sys, neo4j
from tieline.database.address import find
at = find()
with open(sys.argv[1], "a") as file, neo4j.GraphDatabase.driver(
    at.uri, auth=(at.user, at.password), max_transaction_retry_time=0
) as driver:
    for number in range(int(sys.argv[2]), 10**9):
        with driver.session(database=at.database) as session:
            session.execute_write(lambda tx: tx.run(
                "CREATE (:Half {n: $n, side: 1}) CREATE (:Half {n: $n, side: 2})", n=number
            ).consume())
        file.write(f"{number}\\n")
        file.flush()
        os.fsync(file.fileno())
"""
# A start that is killed between the launch of the server and the note of it.
UNNOTED = """
import os
from tieline.database import launch
from tieline.database.fetch import classpath
from tieline.database.home import Home
from tieline.database.memory import chosen
home = Home.current()
home.make()
launch.begin(home, classpath(), chosen())
os.kill(os.getpid(), 9)
"""
HALVES = "MATCH (h:Half) RETURN h.n AS n, count(h) AS halves"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"),
]


COMMANDS = {
    ("database", "start"): 4,
    ("database", "stop"): 4,
    ("load", str(FIELD)): 4,
    ("hash",): 2,
    ("ask", "search", "tea"): 2,
    ("doctor",): 2,
    ("backup", "killed.tieline", "--force"): 4,
}  # and how often each is killed


@dataclass(frozen=True)
class Fault:
    """What one kill did. `lost` of `acknowledged`; `torn`: half written; `seconds` of the next."""

    what: str
    acknowledged: int
    lost: int
    torn: int
    seconds: float


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One home, which is killed again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(tmp_path_factory.mktemp("faults") / "a home"))
        patch.setenv("TIELINE_IDLE_MINUTES", "5")
        patch.delenv("TIELINE_NEO4J_URI", raising=False)
        patch.chdir(tmp_path_factory.mktemp("backups"))
        yield Home.current()
        server.stop()


def started(*words: str) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-c", RUN, *words], **quiet)  # type: ignore[call-overload, no-any-return]


def answer(*words: str) -> str:
    """What a command prints; it must succeed."""
    line = [sys.executable, "-c", RUN, *words]
    told = subprocess.run(line, capture_output=True, text=True, timeout=1000)
    assert told.returncode == 0, told.stderr
    return told.stdout


def killed(process: psutil.Process | subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.wait(60)


def halves() -> dict[int, int]:
    """How many halves of each number there are."""
    at = find()
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver:
        return {row["n"]: row["halves"] for row in driver.execute_query(HALVES).records}


def kill_server(home: Home, notes: Path, moment: float) -> Fault:
    """Kill the server while it is written to: `moment` seconds after the first acknowledgement."""
    before = noted(notes)
    first = (max(before, default=0) // ROUND + 1) * ROUND  # never one that was not acknowledged
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(notes), str(first)], stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 200
    while len(noted(notes)) == len(before) and time.monotonic() < until:
        assert writer.poll() is None
        time.sleep(0.01)
    time.sleep(moment)
    (process,) = home.processes()
    killed(process)
    writer.wait(60)
    began = time.monotonic()
    answer("hash")
    seconds = time.monotonic() - began
    found, acknowledged = halves(), noted(notes)
    lost = sum(number not in found for number in acknowledged)
    torn = sum(number != 2 for number in found.values())
    return Fault("server, written to", len(acknowledged) - len(before), lost, torn, seconds)


def noted(notes: Path) -> list[int]:
    return [int(each) for each in notes.read_text().split()] if notes.exists() else []


def kill_start(home: Home, moment: float) -> Fault:
    """Kill the server while it starts, and recovers from having been killed."""
    if serving := home.serving():
        killed(psutil.Process(serving.pid))
    start = started("database", "start")
    time.sleep(moment)
    for process in home.processes():
        killed(process)
    start.wait(200)
    return recovered(home, "server, starting")


def kill_command(home: Home, words: tuple[str, ...], moment: float) -> Fault:
    """Kill a command after so many seconds."""
    command = started(*words)
    time.sleep(moment)
    killed(command)
    return recovered(home, f"tieline {' '.join(words[: 1 + (words[0] == 'database')])}")


def kill_launch(home: Home, moment: float) -> Fault:
    """Leave a server that no note names, and look after so many seconds."""
    server.stop()
    subprocess.run([sys.executable, "-c", UNNOTED], check=False)
    time.sleep(moment)
    assert len(home.processes()) == 1 and home.serving() is None
    return recovered(home, "start, before its note")


def recovered(home: Home, what: str) -> Fault:
    """The next command, whatever was done: it answers, one server serves, nothing lies about."""
    began = time.monotonic()
    answer("hash")
    seconds = time.monotonic() - began
    found = halves()
    assert len(home.processes()) == 1
    assert not beside(home).processes() and not beside(home).root.exists()
    torn = sum(number != 2 for number in found.values())
    return Fault(what, len(KEPT), len(KEPT - found.keys()), torn, seconds)


KEPT: set[int] = set()  # the numbers that were there before anything was killed


def moments(what: str, most: float, many: int) -> list[float]:
    chance = random.Random(f"{SEED} {what}")
    return [chance.uniform(0, most) for _ in range(many)]


def kill_commands(home: Home, words: tuple[str, ...]) -> Iterator[Fault]:
    """A command killed at moments spread over as long as it takes here and now."""
    answer("load", str(FIELD))
    whole = answer("hash").split()[-1]
    KEPT.update(halves())
    ready(words)
    began = time.monotonic()
    answer(*words)
    took = time.monotonic() - began
    for moment in moments(" ".join(words[:2]), took, COMMANDS[words]):
        ready(words)
        yield kill_command(home, words, moment)
        if words[0] == "load":
            answer(*words)  # goes on, and comes to the same as if nothing had been
        assert answer("hash").split()[-1] == whole


def ready(words: tuple[str, ...]) -> None:
    """As the command finds things when there is something for it to do."""
    if words == ("database", "start"):
        server.stop()
    elif words[0] == "load":
        answer("withdraw", "lanterns", "--yes")
    else:
        find()


@pytest.mark.parametrize("moment", moments("server", 2.0, MOMENTS))
def test_a_server_killed_at_any_moment_loses_nothing(home: Home, moment: float) -> None:
    fault = kill_server(home, home.root.parent / "acknowledged", moment)
    assert fault.acknowledged > 0
    assert (fault.lost, fault.torn) == (0, 0)


@pytest.mark.parametrize("moment", moments("starting", 8.0, 4))
def test_a_server_killed_while_it_starts_loses_nothing(home: Home, moment: float) -> None:
    KEPT.update(halves())
    fault = kill_start(home, moment)
    assert (fault.lost, fault.torn) == (0, 0)


@pytest.mark.parametrize("moment", [0.2, 15.0])
def test_a_server_that_no_note_names_gives_way_to_another(home: Home, moment: float) -> None:
    KEPT.update(halves())
    fault = kill_launch(home, moment)
    assert (fault.lost, fault.torn) == (0, 0)
    assert home.serving()


def test_a_server_that_no_note_names_is_stopped(home: Home) -> None:
    server.stop()
    subprocess.run([sys.executable, "-c", UNNOTED], check=False)
    assert "is stopped" in answer("database", "stop")
    assert not home.processes()


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_a_command_killed_at_any_moment_leaves_all_well(home: Home, words: tuple[str, ...]) -> None:
    for fault in kill_commands(home, words):
        assert (fault.lost, fault.torn) == (0, 0), fault


def everything(home: Home, notes: Path) -> Iterator[Fault]:
    for moment in moments("server", 2.0, MOMENTS):
        yield kill_server(home, notes, moment)
    KEPT.update(halves())
    for moment in moments("starting", 8.0, 4):
        yield kill_start(home, moment)
    for moment in (0.2, 15.0):
        yield kill_launch(home, moment)
    for words in COMMANDS:
        yield from kill_commands(home, words)


def main() -> None:
    """Do all of it in a home of its own; a line for each kind, as Markdown."""
    faults: dict[str, list[Fault]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(Path(folder, "a home"))
        os.chdir(folder)
        try:
            for fault in everything(Home.current(), Path(folder, "acknowledged")):
                faults.setdefault(fault.what, []).append(fault)
                print(fault, file=sys.stderr, flush=True)
        finally:
            server.stop()
    print("| killed with -9 | times | acknowledged writes | lost | torn | next command, s |")
    print("|---|---|---|---|---|---|")
    for what, each in faults.items():
        seconds = [fault.seconds for fault in each]
        written = sum(f.acknowledged for f in each) if "written" in what else each[-1].acknowledged
        lost, torn = sum(f.lost for f in each), sum(f.torn for f in each)
        spread = (
            f"{min(seconds):.1f} to {max(seconds):.1f}, median {statistics.median(seconds):.1f}"
        )
        print(f"| {what} | {len(each)} | {written:,} | {lost} | {torn} | {spread} |")


if __name__ == "__main__":
    main()
