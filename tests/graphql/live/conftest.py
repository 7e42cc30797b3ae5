"""The application under the server that `tieline serve` runs, and clients that speak to it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.graphql import limits
from tieline.graphql.app import build
from tieline.graphql.live.transports import Transports
from tieline.graphql.serving import Telling, bound, configured
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import Viewer

PROTOCOL = "graphql-transport-ws"
PATIENCE = 20.0  # seconds for an answer of a busy machine
Told = dict[str, Any]
STEWARD = "a steward of these tests"


class Socket:
    """One WebSocket, as a client of the protocol."""

    def __init__(self, ws: ClientConnection) -> None:
        self.ws = ws

    def say(self, **message: Any) -> None:
        self.ws.send(json.dumps(message))

    def hear(self, seconds: float = PATIENCE) -> Told:
        text = self.ws.recv(seconds)
        assert isinstance(text, str), "the protocol's messages are text"
        told: Told = json.loads(text)
        return told

    def begin(self, token: str | None = None) -> "Socket":
        payload = {"Authorization": f"Bearer {token}"} if token else {}
        self.say(type="connection_init", payload=payload)
        assert self.hear() == {"type": "connection_ack"}
        return self

    def ask(self, query: str, id: str = "1", **more: Any) -> None:
        self.say(id=id, type="subscribe", payload={"query": query, **more})

    def rest(self) -> list[Told]:
        """All that comes until an operation ends."""
        heard = [self.hear()]
        while heard[-1]["type"] == "next":
            heard.append(self.hear())
        return heard

    def closed(self, seconds: float = PATIENCE) -> tuple[int, str]:
        """With what it is closed."""
        try:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                self.ws.recv(seconds)
        except ConnectionClosed as end:
            assert end.rcvd is not None, "it broke off"
            return end.rcvd.code, end.rcvd.reason
        raise AssertionError("it stays open")


class Service:
    """A service that answers. `live`: its transports, whose limits a test may change."""

    def __init__(self, application: Starlette, port: int, server: Telling, home: Path) -> None:
        self.port, self.server = port, server
        self.live: Transports = application.state.live
        self.url = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=self.url, timeout=120)
        self.tokens = Tokens(home / "tokens.sqlite3")

    def token(self, level: str, seconds: int = 3600) -> str:
        _, text = self.tokens.create(f"{level} {time.monotonic_ns()}", level, None, "read", seconds)
        return text

    @contextmanager
    def socket(self, **more: Any) -> Iterator[Socket]:
        given: Told = {"subprotocols": [PROTOCOL], "open_timeout": PATIENCE} | more
        with connect(f"ws://127.0.0.1:{self.port}/graphql", **given) as ws:
            yield Socket(ws)

    @contextmanager
    def events(self, query: str, token: str | None = None, **more: Any) -> Iterator[Iterator[Told]]:
        """What comes as Server-Sent Events: {event, data}."""
        headers = {"accept": "text/event-stream"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        with self.http.stream(
            "POST", "/graphql", json={"query": query, **more}, headers=headers
        ) as response:
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"].startswith("text/event-stream")
            yield sent(response.iter_lines())


def sent(lines: Iterator[str]) -> Iterator[Told]:
    """Events; what begins with a colon only keeps the line open."""
    event: Told = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line == "" and event:
            yield event
            event = {}
        elif name == "data":
            event["data"] = json.loads(value) if value else None
        elif name == "event":
            event["event"] = value


@contextmanager
def answering(
    address: Address, home: Path, viewer: Viewer, ready: bool = True
) -> Iterator[Service]:
    """`ready`: once it has planned its questions; nobody need have installed the model before. Its
    home is not the database's: it must not look for one there, and so begin it."""
    address = replace(address, embedded=False)
    if ready:
        with Graph(address) as graph:
            install(graph)
    taken = bound("127.0.0.1", 0)
    application = build(address, viewer)
    port = taken.getsockname()[1]
    server = Telling(configured(application), f"http://127.0.0.1:{port}", "anonymous")
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    service, until = Service(application, port, server, home), time.monotonic() + 120
    try:
        while not server.started or (ready and service.http.get("/readyz").status_code == 503):
            assert thread.is_alive() and time.monotonic() < until
            time.sleep(0.05)
        yield service
    finally:
        service.http.close()
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive(), "the service does not end"
        taken.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def service(address: Address, home: Path) -> Iterator[Service]:
    """One for a module, once it has planned its questions; for anyone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(home))
        patch.setattr(limits, "SECONDS", 60.0)
        with answering(address, home, Viewer(4)) as made:
            yield made


@pytest.fixture
def steward(service: Service) -> str:
    return service.token("steward")


Change = Callable[..., list[Told]]
LOAD = "subscription($load: ID!) { loadProgress(load: $load) { uid rows state read } }"


@pytest.fixture
def load(raw: Change) -> Iterator[str]:
    """A load that is under way, as the journal keeps it: its uid."""
    uid = f"load{time.monotonic_ns()}"
    text = "CREATE (:Load {uid: $uid, state: 'running', rows: 0, source: 'tests', part: 'all'})"
    raw(f"{text} CREATE (:Pulse {{load: $uid, until: timestamp() + 600000}})", uid=uid)
    yield uid


@pytest.fixture
def advance(raw: Change, load: str) -> Callable[..., None]:
    def change(rows: int, state: str = "running") -> None:
        raw(
            "MATCH (l:Load {uid: $uid}) SET l.rows = $rows, l.state = $s",
            uid=load,
            rows=rows,
            s=state,
        )

    return change
