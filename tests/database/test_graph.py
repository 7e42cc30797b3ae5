"""Reading and writing through Graph, on the real server."""

import dataclasses
import time
from collections.abc import Callable
from typing import Any

import neo4j
import pytest

from tieline.database.address import Address
from tieline.database.driver import heed, mended, options
from tieline.database.graph import Graph, Steps
from tieline.errors import DatabaseProblem, TookTooLong, WrongUse

Raw = Callable[..., list[dict[str, Any]]]


def test_version_is_equal_until_something_is_committed(graph: Graph, raw: Raw) -> None:
    first = graph.version()
    graph.read("database/anything")
    assert graph.version() == first
    assert len(first) == 12
    raw("CREATE (:Pebble)")
    assert graph.version() != first


def test_a_write_that_fails_leaves_nothing(graph: Graph, raw: Raw) -> None:
    raw("UNWIND range(1, 3) AS i CREATE (:Pebble {i: i})")

    def work(steps: Steps) -> None:
        assert steps.run("database/empty", batch=2) == [{"deleted": 2}]  # of four
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        graph.write(work)
    assert raw("MATCH (p:Pebble) RETURN count(p) AS n") == [{"n": 3}]


def test_steps_say_whether_anything_changed(graph: Graph, raw: Raw) -> None:
    raw("CREATE (:Pebble)")

    def work(steps: Steps) -> tuple[bool, bool]:
        steps.run("database/ping")
        before = steps.changed
        steps.run("database/empty", batch=10)
        return before, steps.changed

    assert graph.write(work) == (False, True)


def test_each_asks_nothing_for_no_rows(graph: Graph) -> None:
    assert graph.write(lambda steps: steps.each("no/such/statement", [])) == []


def test_a_stream_hands_rows_out(graph: Graph, raw: Raw) -> None:
    raw("CREATE (:Pebble)")
    assert list(graph.stream("database/anything")) == [{"labels": ["Pebble"]}]


def test_a_remark_of_the_server_is_an_error(address: Address) -> None:
    with neo4j.GraphDatabase.driver(address.uri, **options(address)) as driver:
        slow = driver.execute_query("MATCH (a), (b) RETURN a.uid, b.uid LIMIT 1")
        with pytest.raises(DatabaseProblem, match=r"some/name\.cypher"):
            heed("some/name", slow.summary)
        unknown_yet = driver.execute_query("MATCH (n:NeverSeen) RETURN n.neither AS x")
        heed("some/name", unknown_yet.summary)


def test_a_time_limit_is_said(address: Address) -> None:
    @neo4j.unit_of_work(timeout=0.2)
    def long(transaction: neo4j.ManagedTransaction) -> None:
        transaction.run("UNWIND range(1, 1000000000) AS i RETURN sum(i * i)").consume()

    began = time.monotonic()
    with neo4j.GraphDatabase.driver(address.uri, **options(address)) as driver:
        with driver.session(database=address.database) as session:
            with pytest.raises(TookTooLong), mended(address.uri):
                session.execute_read(long)
    assert time.monotonic() - began < 3


def test_nobody_at_the_address_is_said_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(DatabaseProblem, match=r"No database answers at bolt://127\.0\.0\.1:1"):
        Graph(Address("bolt://127.0.0.1:1", "neo4j", "secret", "neo4j"))
    assert time.monotonic() - began < 3


def test_a_wrong_password_is_said_without_showing_it(address: Address) -> None:
    wrong = dataclasses.replace(address, password="not-the-password")
    with pytest.raises(DatabaseProblem, match="TIELINE_NEO4J_PASSWORD") as told:
        Graph(wrong)
    assert "not-the-password" not in f"{told.value} {wrong!r}"


def test_a_database_that_is_not_there_is_said(address: Address) -> None:
    with Graph(dataclasses.replace(address, database="elsewhere")) as elsewhere:
        with pytest.raises(DatabaseProblem, match="TIELINE_NEO4J_DATABASE"):
            elsewhere.read("database/ping")


def test_an_address_of_another_kind_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="bolt://localhost:7687"):
        Graph(Address("https://example.org", "neo4j", "secret", "neo4j"))
