"""Nobody waits for it: the statement that runs is cancelled, whichever way it was asked for."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from neo4j import GraphDatabase

from tieline.database import reader, statements
from tieline.database.address import Address
from tieline.graphql import limits
from tieline.graphql.writing import Writer

ENDLESS = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b WITH a, b WHERE a * b < 0"
PEOPLE = "{ people { nodes { name } } }"
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q STARTS WITH $text RETURN count(*) AS n"
Running = Callable[[], int]
SOON = 5.0  # seconds; on a quiet machine it is a tenth of one


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reading people takes longer than anybody waits, and is allowed to."""
    usual = statements.sent
    text = f"{ENDLESS} RETURN collect(a) AS pages"
    monkeypatch.setattr(reader, "sent", lambda n: text if n == "lists/people" else usual(n))
    reader._query.cache_clear()
    yield
    reader._query.cache_clear()


@pytest.fixture
def running(address: Address) -> Iterator[Running]:
    """How many of them the server runs."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:

        def count() -> int:
            given = {"text": ENDLESS}
            found = driver.execute_query(RUNNING, given, database_=address.database)
            many: int = found.records[0]["n"]
            return many

        yield count


def until(running: Running, wanted: int, seconds: float) -> None:
    """Wait, but not longer, until so many run."""
    began = time.monotonic()
    while running() != wanted:
        assert time.monotonic() - began < seconds, f"{running()} run, not {wanted}"
        time.sleep(0.02)


@contextmanager
def posted(service: Any, accept: str, abruptly: bool) -> Iterator[None]:
    """Asked for by HTTP; hung up at the end, with a reset or without."""
    body = json.dumps({"query": PEOPLE})
    with socket.create_connection(("127.0.0.1", service.port)) as line:
        if abruptly:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n"
        more = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall((head + more + body).encode())
        yield


@contextmanager
def by_socket(service: Any, how: str) -> Iterator[None]:
    with service.socket() as ws:
        ws.begin().ask(PEOPLE)
        yield
        if how == "complete":
            ws.say(type="complete", id="1")
            ws.say(type="ping")
            assert ws.hear() == {"type": "pong"}
            time.sleep(0.5)
        elif how == "reset":
            line = ws.ws.socket
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()


JSON, EVENTS = "application/json", "text/event-stream"
WAYS: dict[str, Callable[[Any], Any]] = {
    "HTTP, closed": lambda service: posted(service, JSON, False),
    "HTTP, reset": lambda service: posted(service, JSON, True),
    "events, closed": lambda service: posted(service, EVENTS, False),
    "events, reset": lambda service: posted(service, EVENTS, True),
    "WebSocket, closed": lambda service: by_socket(service, "close"),
    "WebSocket, completed": lambda service: by_socket(service, "complete"),
    "WebSocket, reset": lambda service: by_socket(service, "reset"),
}


@pytest.mark.parametrize("soon", [SOON, pytest.param(1.0, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", WAYS)
def test_whoever_goes_ends_it_soon(
    service: Any, endless: None, running: Running, way: str, soon: float
) -> None:
    """Within a second, on a machine that does nothing else: among the slow tests."""
    with WAYS[way](service):
        until(running, 1, 20)
    until(running, 0, soon)
    assert service.http.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "way",
    [
        pytest.param("HTTP", marks=pytest.mark.slow),
        pytest.param("events", marks=pytest.mark.slow),
        "WebSocket",
    ],
)
def test_a_query_of_a_minute_is_cancelled_at_its_seconds(
    service: Any, endless: None, running: Running, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Here at 2; `tieline serve` gives 5."""
    monkeypatch.setattr(limits, "SECONDS", 2.0)
    began = time.monotonic()
    told = asked(service, way)
    took = time.monotonic() - began
    assert told["errors"][0]["extensions"]["code"] == "TOOK_TOO_LONG"
    assert 2 <= took < 2 + 2 * SOON, f"{took:.1f} s"
    until(running, 0, SOON)


def test_what_waits_for_its_plan_is_given_longer(
    service: Any, endless: None, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a database just begun the first plan of a list alone may take more than its seconds."""
    monkeypatch.setattr(limits, "SECONDS", 0.1)
    monkeypatch.setattr(limits, "PLANNING", 20)
    view = service.live.view
    assert view.planned.is_set() and view.seconds == 0.1, "it is ready"
    try:
        monkeypatch.setattr(view, "begun", time.monotonic() - limits.WITHIN)
        view.begins()
        assert view.seconds == 0.1, "it had its time not long ago"
        monkeypatch.setattr(view, "begun", time.monotonic() - limits.AGAIN)
        view.begins()
        assert view.seconds == 2.0
        began = time.monotonic()
        told = asked(service, "HTTP")
        assert time.monotonic() - began >= 2
    finally:
        view.planned.set()
    assert told["errors"][0]["extensions"]["code"] == "TOOK_TOO_LONG"
    until(running, 0, SOON)


def asked(service: Any, way: str) -> Any:
    if way == "HTTP":
        return service.http.post("/graphql", json={"query": PEOPLE}).json()
    if way == "events":
        with service.events(PEOPLE) as events:
            return next(events)["data"]
    with service.socket() as ws:
        ws.begin().ask(PEOPLE)
        return ws.rest()[0]["payload"]


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once something is being changed, which takes half a second more than usual."""
    begun, usual = threading.Event(), Writer.write

    def slowly(self: Writer, work: Any) -> Any:
        begun.set()
        time.sleep(0.5)
        return usual(self, work)

    monkeypatch.setattr(Writer, "write", slowly)
    return begun


@pytest.mark.parametrize("way", ["WebSocket", "events"])
def test_a_change_is_finished_whoever_waits(
    service: Any, raw: Any, changing: threading.Event, way: str
) -> None:
    raw(PAIRS)
    _, token = service.tokens.create(f"w {time.monotonic_ns()}", "steward", None, "write", 3600)
    text = (
        'mutation { judge(input: {left: "one:a", right: "one:b", verdict: UNSURE}) { sentence } }'
    )
    hung_up_on(service, text, token, way, changing)
    end = time.monotonic() + 20
    while not (said := raw("MATCH (j:Judgement) RETURN j.verdict AS verdict")):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert said == [{"verdict": "unsure"}]


PAIRS = """
CREATE (:Source {slug: 'one', title: 'one', audience: 4, public: true, reliability: 1.0})
WITH 1 AS _ UNWIND ['one:a', 'one:b'] AS each
CREATE (:Record {uid: each, handle: each, kind: 'organisation', source: 'one', fields: '{}',
    digest: 'row'})
  -[:DESCRIBES]->(:Organisation:Actor {uid: 'o-' + each, name: each, consent: 4})
"""


def hung_up_on(service: Any, text: str, token: str, way: str, changing: threading.Event) -> None:
    """Asked for, and left as soon as it is being changed."""
    if way == "WebSocket":
        with service.socket() as ws:
            ws.begin(token).ask(text)
            assert changing.wait(20)
        return
    body = json.dumps({"query": text})
    with socket.create_connection(("127.0.0.1", service.port)) as line:
        head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {EVENTS}\r\n"
        more = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}{more}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        assert changing.wait(20)
