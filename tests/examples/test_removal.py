"""The example field comes in any order and goes without a trace."""

import random

import pytest

from tieline.cli import demo
from tieline.database.graph import Graph
from tieline.queries.hash.hash import graph_hash


def test_taken_back_it_is_as_if_it_had_never_come(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = graph_hash(graph)
    demo.load_field(graph)
    loaded = graph_hash(graph)
    assert loaded != nothing
    assert demo.take_back(graph) > 0
    assert graph_hash(graph) == nothing
    assert demo.take_back(graph) == 0
    monkeypatch.setattr(demo, "FOLDERS", random.Random(7).sample(demo.FOLDERS, len(demo.FOLDERS)))
    demo.load_field(graph)
    assert graph_hash(graph) == loaded
