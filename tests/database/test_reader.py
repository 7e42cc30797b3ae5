"""Reading on behalf of a viewer, on the real server."""

import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader, open_driver
from tieline.errors import Away, DatabaseProblem
from tieline.schema.consent import FIELD, Viewer

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


def test_reads_one_value_and_keeps_the_names(graph: Graph, reader: Readers, run: Run) -> None:
    member = reader(FIELD)
    assert run(member.pages("database/ping")) == 1
    assert run(member.rows("database/anything")) == []
    assert member.statements == ["database/ping", "database/anything"]


def test_the_version_is_that_of_the_graph_and_is_asked_once(
    graph: Graph, reader: Readers, run: Run, raw: Callable[..., Any]
) -> None:
    first = reader(FIELD)
    assert run(first.version()) == graph.version()
    raw("CREATE (:Pebble)")
    assert run(first.version()) != graph.version() == run(reader(FIELD).version())


def test_pages_want_one_value(graph: Graph, reader: Readers, run: Run) -> None:
    with pytest.raises(DatabaseProblem, match="one value in one record"):
        run(reader(FIELD).pages("database/anything"))


def test_a_reader_cannot_write(
    driver: AsyncDriver, address: Address, graph: Graph, raw: Callable[..., Any], run: Run
) -> None:
    raw("CREATE (:Pebble)")
    with pytest.raises(Exception, match="read access mode"):
        run(Reader(driver, address.database, Viewer(1)).rows("database/empty", batch=1))
    assert graph.read("database/anything")


def test_a_database_that_is_away_is_said(
    run: Run, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Soon, once and with its address: the driver's own lines of each retry are not passed on."""
    caplog.set_level("WARNING", logger="neo4j")

    async def ask() -> None:
        away = Address("bolt://127.0.0.1:1", "neo4j", "secret", "neo4j")
        async with open_driver(away) as driver:
            await Reader(driver, "neo4j", Viewer(4)).rows("database/ping")

    began = time.monotonic()
    with pytest.raises(Away, match=r"No database answers at bolt://127\.0\.0\.1:1[.:]"):
        run(ask())
    assert time.monotonic() - began < 2
    assert caplog.records == []
    monkeypatch.setenv("TIELINE_NEO4J_URI", "bolt://127.0.0.1:1")
    with pytest.raises(Away, match="Check the address"):
        run(ask())
