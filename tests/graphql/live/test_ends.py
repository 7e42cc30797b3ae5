"""The service ends, or its database goes away: whoever is connected is told, and comes back."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.graphql.live.conftest import answering
from tests.graphql.live.test_cancelled import PEOPLE, endless, running, until

from tieline.database.address import Address
from tieline.graphql import limits, serving
from tieline.schema.consent import Viewer

__all__ = ["endless", "running"]
JUDGED = "subscription { judged { verdict } }"
VIEWER = "{ viewer { level } }"
PLACES = "{ places { totalCount } }"


@pytest.fixture
def own(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A service of the test's own."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    with answering(address, tmp_path, Viewer(4)) as made:
        yield made


def test_whoever_is_connected_is_told_that_it_ends(own: Any) -> None:
    with own.socket() as ws, own.socket() as idle, own.events(JUDGED) as events:
        ws.begin().ask(JUDGED, id="a")
        ws.ask(JUDGED, id="b")
        idle.begin()
        ws.ask(VIEWER, id="c")
        assert [each["id"] for each in ws.rest()] == ["c", "c"]
        began = time.monotonic()
        own.server.should_exit = True
        ends = [ws.hear(), ws.hear()]
        assert {(each["type"], each["id"]) for each in ends} == {
            ("complete", "a"),
            ("complete", "b"),
        }
        assert ws.closed()[0] == idle.closed()[0] == 1001
        assert [*events] == [{"event": "complete", "data": None}]
        with contextlib.suppress(OSError):
            while own.server.servers:
                socket.create_connection(("127.0.0.1", own.port), 1).close()
                assert time.monotonic() - began < 15, "it still takes who comes"
                time.sleep(0.05)


@pytest.mark.slow
def test_what_takes_too_long_does_not_hold_up_the_end(
    address: Address,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    running: Callable[[], int],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    monkeypatch.setattr(serving, "GRACE", 1)
    began = 0.0
    with answering(address, tmp_path, Viewer(4)) as own, contextlib.ExitStack() as stack:
        request.getfixturevalue("endless")  # once its questions are planned
        ws = stack.enter_context(own.socket())
        ws.begin().ask(PEOPLE)
        stack.callback(lambda: ws.ws.socket.close())
        threading.Thread(target=asked, args=(own,), daemon=True).start()
        until(running, 2, 20)
        began = time.monotonic()
        own.server.should_exit = True
        assert ws.closed()[0] == 1001
    assert time.monotonic() - began < 8
    until(running, 0, 5)


def asked(own: Any) -> None:
    with contextlib.suppress(Exception):
        with own.events(PEOPLE) as events:
            next(events)


class Line:
    """The way to the database, which can be cut and mended."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._pairs: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._whole = True
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._whole = False
        for each in self._pairs:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def mend(self) -> None:
        self._whole = True

    def _accept(self) -> None:
        while True:
            here, _ = self._listening.accept()
            if not self._whole:
                here.close()
                continue
            there = socket.create_connection(self._to)
            self._pairs += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for each in (one, other):
            each.close()


def test_the_database_goes_away_and_comes_back(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    host, port = address.uri.partition("://")[2].rsplit(":", 1)
    line = Line(host, int(port))
    there = replace(address, uri=f"bolt://127.0.0.1:{line.port}", embedded=False)
    with answering(there, tmp_path, Viewer(4)) as own, own.socket() as ws:
        with own.events(JUDGED) as events:
            ws.begin().ask(JUDGED)
            time.sleep(1)
            line.cut()
            began = time.monotonic()
            told = ws.hear()
            assert told["type"] == "error" and code(told["payload"]) == "DATABASE_AWAY"
            first, last = [*events]
            assert code(first["data"]["errors"]) == "DATABASE_AWAY" and last["event"] == "complete"
            assert time.monotonic() - began < 10
        ws.ask(PLACES)
        assert code(ws.hear()["payload"]["errors"]) == "DATABASE_AWAY"
        ws.hear()
        line.mend()
        began = time.monotonic()
        while True:  # the connection stands: whoever asks again is answered
            ws.ask(PLACES)
            told, _ = ws.rest()
            if "errors" not in told["payload"]:
                break
            time.sleep(0.2)
        assert time.monotonic() - began < 5
        ws.ask(JUDGED, id="again")
        ws.say(type="complete", id="again")


def code(errors: Any) -> str:
    found: str = errors[0]["extensions"]["code"]
    return found
