"""Reading and writing through Graph, on the real server."""

import dataclasses
import time

import pytest

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.errors import DatabaseProblem, WrongUse


def test_version_is_equal_while_nothing_is_committed(graph: Graph) -> None:
    first = graph.version()
    graph.read("database/anything")
    assert graph.version() == first
    assert len(first) == 12


def test_nobody_at_the_address_is_said_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(DatabaseProblem, match="No database answers at bolt://127.0.0.1:1"):
        Graph(Address("bolt://127.0.0.1:1", "neo4j", "secret", "neo4j"))
    assert time.monotonic() - began < 3


def test_a_wrong_password_is_said_without_showing_it(address: Address) -> None:
    wrong = dataclasses.replace(address, password="not-the-password")
    with pytest.raises(DatabaseProblem, match="TIELINE_NEO4J_PASSWORD") as told:
        Graph(wrong)
    assert "not-the-password" not in f"{told.value} {wrong!r}"


def test_an_address_of_another_kind_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="bolt://localhost:7687"):
        Graph(Address("https://example.org", "neo4j", "secret", "neo4j"))
