"""A database is backed up, changed, restored, and killed on the way: on real servers."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import neo4j
import psutil
import pytest

from tieline.database import backup, server
from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.database.install import install
from tieline.database.swap import beside
from tieline.errors import ServerProblem
from tieline.queries.hash.hash import graph_hash

PEOPLE = 300
MAKE = """
UNWIND range(1, $people) AS i CREATE (:Actor:Person {uid: 'p-' + i, name: 'Person ' + i})
WITH count(*) AS made UNWIND range(1, $people - 1) AS i
MATCH (a:Person {uid: 'p-' + i}), (b:Person {uid: 'p-' + (i + 1)})
CREATE (a)-[:TIE {uid: 't-' + i, strength: 0.5}]->(b)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup of a small graph, and the home it was made of, which is stopped."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(folder / "a home"))
        patch.delenv("TIELINE_NEO4J_URI", raising=False)
        with Graph(find()) as graph:
            install(graph)
        write(MAKE, people=PEOPLE)
        command("backup", str(folder / "a.tieline"))
        server.stop()
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home of its own for each test, with that graph in it."""
    shutil.copytree(made / "a home", tmp_path / "a home")
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", "5")  # a killed run leaves nothing for long
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    yield Home.current()
    server.stop()


@pytest.fixture
def file(made: Path, home: Home) -> Path:
    return made / "a.tieline"


def write(text: str, **params: int) -> str:
    """Change the graph; its hash then."""
    address = find()
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.execute_query(text, params, database_=address.database)
    return hash_now()


def hash_now() -> str:
    with Graph(find()) as graph:
        return graph_hash(graph)


def started(*words: str) -> subprocess.Popen[str]:
    run = "from tieline.cli.main import main; main()"
    line = [sys.executable, "-c", run, *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    return subprocess.Popen(line, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


def command(*words: str) -> str:
    process = started(*words)
    out, err = process.communicate(timeout=200)
    assert process.returncode == 0, err
    return str(out)


def killed_at(words: str, *arguments: str) -> None:
    """Run a command and kill it as soon as it says these words."""
    process = started(*arguments)
    assert process.stderr
    for line in process.stderr:
        if words in line:
            process.kill()
    process.wait()
    assert process.returncode == -signal.SIGKILL, f"never said {words!r}"
    for pipe in (process.stdout, process.stderr):
        assert pipe
        pipe.close()


def serving(home: Home) -> list[psutil.Process]:
    mine = f"@{home.arguments}"
    return [p for p in psutil.process_iter(["cmdline"]) if mine in (p.info["cmdline"] or [])]


def test_what_is_restored_is_what_was_backed_up(file: Path, home: Home, tmp_path: Path) -> None:
    before = hash_now()
    assert write("MATCH (p:Person) WHERE p.uid <> 'p-7' DETACH DELETE p") != before
    refused = started("restore", str(file))
    assert "Say --yes" in refused.communicate(timeout=60)[1]
    assert refused.returncode == 2

    said = json.loads(command("restore", str(file), "--yes", "--json"))
    facts = said["contents"]["facts"]
    assert facts["graph_hash"] == before == hash_now()
    assert (facts["counts"]["Person"], facts["counts"]["TIE"]) == (PEOPLE, PEOPLE - 1)
    assert 0 < said["away"] < said["seconds"]
    assert server.running(), "it ran before"
    with Graph(find()) as graph:
        assert install(graph) == [], "indexes and migrations came with it"
    assert write("CREATE (:Person {uid: 'p-new'})") != before
    assert not beside(home).root.exists()

    server.stop()
    assert json.loads(command("backup", str(tmp_path / "b"), "--json"))["away"] is None
    assert not server.running(), "it did not run before"


def test_a_backup_is_restored_where_nothing_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hash_now()
    server.stop()
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "another home"))
    assert before in command("restore", str(file))  # nothing to replace: no question
    assert not server.running()
    assert hash_now() == before
    server.stop()


def test_a_database_that_was_killed_can_be_backed_up(
    file: Path, home: Home, tmp_path: Path
) -> None:
    after = write("CREATE (:Person {uid: 'p-last'})")
    now = home.serving()
    assert now
    os.kill(now.pid, signal.SIGKILL)
    assert after in command("backup", str(tmp_path / "b.tieline"))
    assert not server.running()


@pytest.mark.parametrize(
    ("said", "restored"),
    [
        ("Loading the dump", False),
        ("Starting a server on it", False),
        ("Stopping the database", False),
        ("Starting the database again", True),
    ],
)
def test_a_restore_killed_anywhere_leaves_one_whole_database(
    file: Path, home: Home, said: str, restored: bool
) -> None:
    before = hash_now()
    changed = write("MATCH (p:Person {uid: 'p-7'}) SET p.name = 'Another'")
    killed_at(said, "restore", str(file), "--yes")
    assert hash_now() == (before if restored else changed)
    command("restore", str(file), "--yes")
    assert hash_now() == before
    assert not serving(beside(home))
    assert not beside(home).root.exists()


def test_a_database_that_does_not_start_gives_place_to_the_old(file: Path, home: Home) -> None:
    changed = write("MATCH (p:Person {uid: 'p-7'}) SET p.name = 'Another'")

    def spoil(what: str) -> None:
        if what == "Starting the database again":
            shutil.rmtree(home.data / "databases")
            (home.data / "databases").write_text("in the way", "utf-8")

    with pytest.raises(ServerProblem, match="did not start"):
        backup.restore(file, graph_hash, spoil, lambda contents: None)
    assert server.running()
    assert hash_now() == changed


def test_a_dump_that_lies_is_refused(file: Path, home: Home) -> None:
    """Whole, but not the graph it says it is: nothing changes and the server keeps running."""
    before, serves = hash_now(), home.serving()
    with pytest.raises(Exception, match="does not hold the graph"):
        backup.restore(file, lambda graph: "another", print, lambda contents: None)
    assert home.serving() == serves
    assert hash_now() == before
