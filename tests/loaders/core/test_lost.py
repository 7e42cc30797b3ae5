"""A commit whose reply is lost is unknown, never failed: in the end there is exactly one copy.

Between the loader and the server stands a relay on this machine. It lets COMMIT through, waits
until the server has answered it, and then drops the connection instead of handing the answer on.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.loaders.journal import load_rows
from tieline.schema.records import Row

COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # Bolt: one piece of two bytes, a message of no fields, COMMIT
SOURCE = {"slug": "x", "reliability": 1.0, "audience": 4}


class Relay:
    """Drops the reply to every COMMIT but each `spared`th; 0 spares none. Counts those dropped."""

    def __init__(self, port: int, spared: int) -> None:
        self.to, self.spared, self.dropped, self.seen = port, spared, 0, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                Thread(target=_Line(self, client, server).answers, daemon=True).start()


class _Line:
    """One connection."""

    def __init__(self, relay: Relay, client: socket.socket, server: socket.socket) -> None:
        self.relay, self.client, self.server, self.doomed = relay, client, server, False
        Thread(target=self.asks, daemon=True).start()

    def asks(self) -> None:
        with suppress(OSError):
            while data := self.client.recv(1 << 16):
                if data.endswith(COMMIT):
                    self.relay.seen += 1
                    spared = self.relay.spared and self.relay.seen % self.relay.spared == 0
                    self.doomed = not spared
                self.server.sendall(data)
        self.end()

    def answers(self) -> None:
        with suppress(OSError):
            while data := self.server.recv(1 << 16):
                if self.doomed:
                    self.relay.dropped += 1
                    break
                self.client.sendall(data)
        self.end()

    def end(self) -> None:
        for each in (self.client, self.server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def relay(address: Address) -> Iterator[Relay]:
    opened = Relay(int(address.uri.rpartition(":")[2]), spared=2)
    yield opened
    opened.close()


def grants(rows: Any, count: int) -> list[Row]:
    funder = rows.body("Funder", "GB-CHC-1000000")
    to = [rows.body(f"Aid {n}", f"GB-CHC-10000{n:02}") for n in range(1, 20)]
    return [
        rows.project(f"x:{n:04}", ("FUNDS", funder), ("LEADS", to[n % 19])) for n in range(count)
    ]


def check(world: Any, rows: Any, address: Address, relay: Relay, count: int, size: int) -> None:
    said = grants(rows, count)
    want = world.load("x", said)
    text = world.said()
    world.clear()
    given = ("all", "file", "file", "test", "mapping")
    through = replace(address, uri=f"bolt://127.0.0.1:{relay.port}")
    with Graph(through) as graph:
        told = load_rows(graph, SOURCE, *given, enumerate(said), size=size)
    assert world.said() == text
    assert world.ask("MATCH (r:Record) WHERE r.digest IS NOT NULL RETURN count(r) AS n") == [
        {"n": count}
    ]
    assert relay.dropped >= count // size // 2
    for name in ("written", "entities", "relationships", "observations", "ties"):
        assert getattr(told, name) == getattr(want, name)


def test_every_other_reply_is_lost(world: Any, rows: Any, address: Address, relay: Relay) -> None:
    check(world, rows, address, relay, 24, 2)


@pytest.mark.slow
def test_a_thousand_replies_are_lost(world: Any, rows: Any, address: Address, relay: Relay) -> None:
    check(world, rows, address, relay, 2010, 2)
    assert relay.dropped >= 1000
