"""A real load, by `tieline load`, followed through `tieline serve` by other people's clients."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.fetching import fetched
from tests.conformance.told import Bench
from tests.graphql.live.conftest import PROTOCOL
from web.build import Unbuilt
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tieline.database.graph import Graph

TIELINE = str(Path(sys.executable).parent / "tieline")
HERE = Path(__file__).parent
ROWS = 12_000
SOURCE = "followed-field"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench() -> Bench:
    try:
        return fetched()
    except Unbuilt as missing:
        pytest.skip(str(missing))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Any) -> Path:
    """Tokens of its own, on the tests' database."""
    monkeypatch.setenv("TIELINE_NEO4J_URI", address.uri)
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD", address.password)
    monkeypatch.delenv("TIELINE_NEO4J_PASSWORD_FILE", raising=False)
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def served(graph: Graph, home: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    log = home / "serve.log"
    with log.open("w") as told:
        line = [TIELINE, "serve", "--port", "0"]
        process = subprocess.Popen(line, stderr=told, text=True)
    try:
        until = time.monotonic() + 120
        while "http" not in (said := log.read_text("utf-8")):
            assert process.poll() is None and time.monotonic() < until, said
            time.sleep(0.1)
        yield next(word for word in said.split() if word.startswith("http")), process
    finally:
        process.terminate()
        process.wait(30)


def token() -> str:
    words = ("token", "create", "follower", "--level", "steward", "--json")
    done = subprocess.run([TIELINE, *words], capture_output=True, text=True, check=True)
    made: str = json.loads(done.stdout)["token"]
    return made


@pytest.fixture
def people(tmp_path: Path) -> list[str]:
    """Invented people, as a partner's table: what `tieline load` is called with."""
    rows = [f"P{n},Ada Weft {n},Town {n % 500},Anyone" for n in range(ROWS)]
    table, mapping = tmp_path / "people.csv", tmp_path / "mapping.toml"
    table.write_text("\n".join(["Ref,Name,Town,Who may see your name?", *rows]), "utf-8")
    suggest = [TIELINE, "mapping", "suggest", str(table), "--source", SOURCE]
    done = subprocess.run(suggest, capture_output=True, text=True, check=True)
    mapping.write_text(done.stdout, "utf-8")
    return [TIELINE, "load", str(table), "--source", SOURCE, "--mapping", str(mapping)]


CLIENTS: dict[str, Callable[[Bench], list[Any]]] = {
    "graphql-ws": lambda bench: [bench.node, bench.npm / "follow.mjs", "ws"],
    "graphql-sse": lambda bench: [bench.node, bench.npm / "follow.mjs", "sse"],
    "gql": lambda bench: [bench.python / "python", HERE / "follow_gql.py"],
}


def test_each_client_sees_a_load_rise_and_end(bench: Bench, served: Any, people: list[str]) -> None:
    """All of them at once; then the service ends as it should though one follows still."""
    url, service = served
    shutil.copy(HERE / "follow.mjs", bench.npm)
    given = [url, token(), SOURCE]
    clients = {name: begun([*line(bench), *given]) for name, line in CLIENTS.items()}
    for each in clients.values():
        assert each.stdout and json.loads(each.stdout.readline()) == {"ready": True}
    subprocess.run(people, check=True, capture_output=True)
    for name, client in clients.items():
        out, err = client.communicate(timeout=60)
        heard = [json.loads(line) for line in out.splitlines()]
        assert client.returncode == 0 and heard.pop() == {"complete": True}, f"{name}: {err}"
        rows = [each["rows"] for each in heard]
        assert rows == sorted(set(rows)) or rows[:-1] == sorted(set(rows)), f"{name}: {rows}"
        assert len(set(rows)) >= 3 and rows[-1] == ROWS, f"{name}: {rows}"
        states = [each["state"] for each in heard]
        assert states == ["running"] * (len(heard) - 1) + ["finished"], f"{name}: {states}"
        print(name, len(heard), "events:", rows, file=sys.stderr)
    ended_before_a_follower(url, service)


def ended_before_a_follower(url: str, service: "subprocess.Popen[str]") -> None:
    with connect(url.replace("http", "ws", 1), subprotocols=[Subprotocol(PROTOCOL)]) as ws:
        ws.send('{"type": "connection_init"}')
        assert json.loads(ws.recv(20))["type"] == "connection_ack"
        asked = {"query": "subscription { judged { verdict } }"}
        ws.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        time.sleep(1)
        began = time.monotonic()
        service.send_signal(signal.SIGTERM)
        assert json.loads(ws.recv(20)) == {"id": "1", "type": "complete"}
        with pytest.raises(ConnectionClosed) as end:
            ws.recv(20)
        assert end.value.rcvd and end.value.rcvd.code == 1001
    assert service.wait(30) in (0, -signal.SIGTERM)
    assert time.monotonic() - began < 12


def begun(line: list[Any]) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [str(each) for each in line], stdout=pipe, stderr=pipe, text=True, env=dict(os.environ)
    )
