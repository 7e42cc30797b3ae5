"""A reading that is sent by itself keeps what a managed transaction promises: what is asked of the
server is the same, and it is asked again, in one, where that could help. (docs/decisions)"""

import logging
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from neo4j.exceptions import CypherSyntaxError, TransientError

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader, open_driver
from tieline.schema.consent import FIELD, Viewer

ASKED = b"Is anything in the graph already"  # so the statement begins that these tests ask
SENT = re.compile(r"C: (BEGIN|COMMIT|RUN) ?(.*)")
Run = Callable[..., Any]


@pytest.fixture
def sent(caplog: pytest.LogCaptureFixture) -> Callable[[], list[tuple[str, str]]]:
    """The messages that the driver has sent since, as its own log tells them."""
    caplog.set_level(logging.DEBUG, logger="neo4j.io")

    def since() -> list[tuple[str, str]]:
        found = [SENT.search(each.getMessage()) for each in caplog.records]
        caplog.clear()
        return [(each[1], each[2]) for each in found if each]

    return since


def reading(address: Address, work: Callable[[Reader], Any], seconds: float = 5.0) -> Any:
    async def ask() -> Any:
        async with open_driver(address) as driver:
            return await work(Reader(driver, address.database, Viewer(FIELD), seconds=seconds))

    return ask()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_the_server_is_told_the_same(
    graph: Graph, address: Address, run: Run, raw: Run, sent: Any, scheme: str
) -> None:
    """Reading, in this database, after what was written, within so many seconds: routed or not."""
    raw("CREATE (:Pebble)")
    given = Address(f"{scheme}://{address.uri.partition('://')[2]}", *_rest(address))

    async def work(reader: Reader) -> None:
        graph.version()
        reader.after(graph.bookmarks())
        sent()
        await reader.rows("database/anything")

    run(reading(given, work, seconds=3.0))
    ((verb, told),) = [each for each in sent() if "Is anything" in each[1] or each[0] != "RUN"]
    assert verb == "RUN", "no transaction around it"
    assert "'mode': 'r'" in told and f"'db': '{address.database}'" in told
    assert "'tx_timeout': 3000" in told
    (bookmark,) = graph.bookmarks().raw_values
    assert f"'bookmarks': ['{bookmark}']" in told


def _rest(address: Address) -> tuple[str, str, str]:
    return address.user, address.password, address.database


class Cutting:
    """A relay that drops the connection when the statement comes, so many times."""

    def __init__(self, port: int, cuts: int) -> None:
        self.to, self.left = port, cuts
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                for way in ((client, server), (server, client)):
                    Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                if ASKED in data and self.left:
                    self.left -= 1
                    break
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def cut(address: Address) -> Iterator[Callable[[int], Address]]:
    """The server's address by way of such a relay."""
    made: list[Cutting] = []

    def through(cuts: int) -> Address:
        made.append(Cutting(int(address.uri.rpartition(":")[2]), cuts))
        return Address(f"bolt://127.0.0.1:{made[-1].port}", *_rest(address))

    yield through
    for each in made:
        each.listening.close()


@pytest.mark.parametrize("cuts", [1, 2])
def test_one_that_was_cut_off_is_asked_again_in_a_transaction(
    graph: Graph, run: Run, cut: Callable[[int], Address], sent: Any, cuts: int
) -> None:
    async def work(reader: Reader) -> Any:
        return await reader.rows("database/anything")

    assert run(reading(cut(cuts), work)) == []
    verbs = [verb for verb, _ in sent() if verb != "COMMIT"]
    assert verbs[:1] == ["RUN"], "first by itself"
    assert verbs[1:].count("BEGIN") == cuts == verbs[1:].count("RUN")


def test_what_could_not_be_otherwise_is_not_asked_again(
    graph: Graph, address: Address, run: Run, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieline.database.reader.sent", lambda name: "RETURN")

    async def work(reader: Reader) -> Any:
        return await reader.rows("database/nothing-such")

    with pytest.raises(CypherSyntaxError):
        run(reading(address, work))
    assert [verb for verb, _ in sent()] == ["RUN"]


def test_what_the_driver_tries_again_is_what_we_do() -> None:
    """Its own word is asked: the list of such errors is the driver's."""
    assert TransientError().is_retryable() and not CypherSyntaxError().is_retryable()
