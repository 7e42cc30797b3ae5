"""`tieline serve` outlives its database: killed, stopped, backed up, restored, at another port."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import neo4j
import pytest

from tieline.database import server
from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.database.home import Home

RUN = "from tieline.cli.main import main; main()"
BACK = 280.0  # seconds a start may take on a very busy machine
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"),
]


@dataclass
class Answers:
    """What a service says when it is asked again and again: (status, seconds) of each."""

    url: str
    told: list[tuple[int, float]] = field(default_factory=list)

    def ask(self) -> int:
        began = time.monotonic()
        got = httpx.post(self.url, json={"query": "{ people { totalCount } }"}, timeout=30)
        self.told.append((got.status_code, time.monotonic() - began))
        if got.status_code == 503:
            assert got.json()["errors"][0]["extensions"]["code"] == "DATABASE_AWAY"
            assert int(got.headers["retry-after"]) > 0
        return got.status_code

    def until(self, status: int) -> float:
        """Seconds until it answers so."""
        began = time.monotonic()
        while self.ask() != status:
            assert time.monotonic() - began < BACK
            time.sleep(0.2)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(tmp_path_factory.mktemp("away") / "a home"))
        patch.setenv("TIELINE_IDLE_MINUTES", "5")
        patch.delenv("TIELINE_NEO4J_URI", raising=False)
        yield Home.current()
        server.stop()


@pytest.fixture(scope="module")
def service(home: Home) -> Iterator[Answers]:
    """One `tieline serve` for all of this file: nothing that happens here may end it."""
    with serving() as url:
        yield Answers(url)


@contextmanager
def serving(*words: str, **more: str) -> Iterator[str]:
    """A `tieline serve` and where it answers; it is ended by Ctrl-C, and by nothing before."""
    line = [sys.executable, "-c", RUN, "serve", "--port", "0", *words]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=os.environ | more)
    said: queue.Queue[str] = queue.Queue()
    assert process.stderr
    threading.Thread(target=heard, args=(process, said)).start()
    while not (found := re.search(r"http://\S+", said.get(timeout=BACK))):
        pass
    yield found[0]
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.stderr.close()


def heard(process: subprocess.Popen[str], said: queue.Queue[str]) -> None:
    for line in process.stderr or ():
        said.put(line)


def soon() -> float:
    """A second, where the machine has time for us."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def command(*words: str) -> None:
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def killed(home: Home) -> None:
    serving = home.serving()
    assert serving
    os.kill(serving.pid, signal.SIGKILL)
    while home.serving():
        time.sleep(0.01)


def listening(port: int) -> socket.socket:
    """A stranger's, as soon as the last thread of who had the port is gone."""
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)


def stopped(home: Home) -> None:
    command("database", "stop")


@pytest.mark.parametrize("gone", [killed, stopped])
def test_a_database_that_ended_is_started_again_by_the_service(
    home: Home, service: Answers, gone: Callable[[Home], None]
) -> None:
    """Each answer meanwhile is a 503 that comes soon; nobody starts anything."""
    service.until(200)
    service.told.clear()
    gone(home)
    assert service.ask() == 503
    service.until(200)
    away = sorted(seconds for status, seconds in service.told if status == 503)
    assert {status for status, _ in service.told} == {200, 503}
    assert away[len(away) // 2] < soon()


def test_another_port_is_found(home: Home, service: Answers) -> None:
    service.until(200)
    before = home.port()
    assert before
    with home.lock():  # or the service has it up again before the stranger comes
        killed(home)
        stranger = listening(before)
    with stranger:
        service.until(200)
        assert home.port() != before


def test_a_database_that_was_away_for_long_is_there_soon_after(
    home: Home, service: Answers
) -> None:
    """Away for a minute, and whoever has it away is the one to start it again."""
    service.until(200)
    with home.lock():
        serving = home.serving()
        assert serving
        server.end(home, serving)
        until = time.monotonic() + 60
        service.told.clear()
        while time.monotonic() < until:
            assert service.ask() == 503
            time.sleep(1)
    away = sorted(seconds for _, seconds in service.told)
    assert away[len(away) * 9 // 10] < soon()
    command("database", "start")
    assert service.until(200) < 5 * soon()


def test_backup_and_restore_go_on_beside_it(home: Home, service: Answers, tmp_path: Path) -> None:
    service.until(200)
    command("backup", str(tmp_path / "a.tieline"))
    service.until(200)
    command("restore", str(tmp_path / "a.tieline"), "--yes")
    service.until(200)
    assert len(home.processes()) == 1


THROUGH = """
MERGE (a:Actor:Person {uid: 'ada'}) SET a.name = 'Ada', a.consent = 4
MERGE (z:Actor:Person {uid: 'zed'}) SET z.name = 'Zed', z.consent = 4
MERGE (m:Actor:Person {uid: $by}) SET m.name = $by, m.consent = 4
MERGE (a)-[t:TIE]->(m) SET t.step = $step, t.label = 'thick'
MERGE (m)-[u:TIE]->(z) SET u.step = $step, u.label = 'thick'
CREATE (:Touched {uid: randomUUID(), at: timestamp(), pairs: ['ada', $by, $by, 'zed'], actors: []})
"""
WHO = """{ pathways(from: "ada", to: { actor: { id: "zed" } }) {
  routes { hops { to { name } } } graphVersion } }"""


def leads(by: str, step: float) -> str:
    """Write that somebody leads from Ada to Zed; the graph's version then."""
    address = find()
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.execute_query(THROUGH, by=by, step=step, database_=address.database)
    with Graph(address) as graph:
        return graph.version()


def through(url: str) -> list[str]:
    """Who leads from Ada to Zed, answered from memory: of each route the first."""
    until = time.monotonic() + BACK
    while "from memory" not in httpx.get(url.replace("graphql", "readyz"), timeout=60).text:
        assert time.monotonic() < until
        httpx.post(url, json={"query": WHO}, timeout=60)
        time.sleep(0.1)
    told = httpx.post(url, json={"query": WHO}, timeout=60).json()
    while "errors" in told and time.monotonic() < until:  # plans of a server just started are slow
        assert told["errors"][0]["extensions"]["code"] == "TOOK_TOO_LONG", told
        told = httpx.post(url, json={"query": WHO}, timeout=60).json()
    return [route["hops"][0]["to"]["name"] for route in told["data"]["pathways"]["routes"]]


def test_what_is_in_memory_is_of_the_graph_that_was_restored(home: Home, tmp_path: Path) -> None:
    """Nobody asks meanwhile, and the restored graph has then seen as many writes as the other."""
    with serving("--as", "steward", TIELINE_SNAPSHOT_TIES="0") as url:
        leads("ben", 0.5)
        assert through(url) == ["ben"]
        command("backup", str(tmp_path / "b.tieline"))
        assert through(url) == ["ben"]
        before = leads("cat", 0.9)
        assert through(url) == ["cat", "ben"]
        command("restore", str(tmp_path / "b.tieline"), "--yes")
        assert through(url) == ["ben"]
        after = leads("dev", 0.9)
        assert through(url) == ["dev", "ben"]
        assert after != before, "one version, one graph"
        command("restore", str(tmp_path / "b.tieline"), "--yes")
        leads("eli", 0.9)
        assert through(url) == ["eli", "ben"], "though nobody asked between the two"
