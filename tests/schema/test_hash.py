"""`tieline hash`: what was said, in whatever order it came, and nothing of how it came."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tieline.database.graph import Graph
from tieline.queries.hash.hash import graph_hash

Raw = Callable[..., list[dict[str, Any]]]
EMPTY = "MATCH (n) DETACH DELETE n"
THINGS = [{"uid": f"o-{n}", "name": f"Guild {n}", "list": ["b", "a"], "x": n / 3} for n in range(5)]
STATED = [
    {"a": f"o-{a}", "b": f"o-{b}", "uid": f"{a}{b}"} for a, b in ((0, 1), (1, 2), (0, 2), (1, 0))
]


def _build(raw: Raw, things: list[dict[str, Any]], stated: list[dict[str, Any]]) -> None:
    raw("UNWIND $things AS t CREATE (o:Organisation:Actor) SET o = t", things=things)
    raw(
        "UNWIND $stated AS s MATCH (a:Actor {uid: s.a}), (b:Actor {uid: s.b}) "
        "CREATE (a)-[:PART_OF {uid: s.uid}]->(b)",
        stated=stated,
    )
    raw("CREATE (:Place {uid: 'l-1', location: point({latitude: 52.4, longitude: -1.5})})")


def test_the_order_in_which_things_came_is_nothing_to_it(graph: Graph, raw: Raw) -> None:
    _build(raw, THINGS, STATED)
    first = graph_hash(graph)
    assert len(first) == 64
    for seed in range(3):
        dice = random.Random(seed)
        raw(EMPTY)
        _build(raw, dice.sample(THINGS, 5), dice.sample(STATED, 4))
        assert graph_hash(graph) == first


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (o:Actor {uid: 'o-1'}) SET o.name = 'Guild One'",
        "MATCH (o:Actor {uid: 'o-1'}) SET o.list = ['a', 'b']",
        "MATCH (o:Actor {uid: 'o-1'}) SET o:Network",
        "MATCH (a)-[x:PART_OF {uid: '01'}]->(b) DELETE x",
        "MATCH (a)-[x:PART_OF {uid: '01'}]->(b) DELETE x CREATE (b)-[:PART_OF {uid: '01'}]->(a)",
        "MATCH (a)-[x:PART_OF {uid: '01'}]->(b) CREATE (a)-[:WITHIN {uid: '01'}]->(b) DELETE x",
        "MATCH (p:Place) SET p.location = point({latitude: 52.4, longitude: -1.6})",
        "CREATE (:Actor:Organisation {uid: 'o-1b', name: 'Guild 1'})",
        "CREATE (:Judgement {uid: 'j', left: 'a', right: 'b', verdict: 'same'})",
    ],
)
def test_whatever_is_said_otherwise_changes_it(graph: Graph, raw: Raw, change: str) -> None:
    _build(raw, THINGS, STATED)
    before = graph_hash(graph)
    raw(change)
    assert graph_hash(graph) != before


@pytest.mark.parametrize(
    "change",
    [
        "CREATE (:Load {uid: 'x', rows: 3})",
        "CREATE (:Migration {name: '0099_x'})",
        "MATCH (f:Field) SET f.as_of = '2001-01-01'",
        "MATCH (o:Actor {uid: 'o-1'}) CREATE (:Ask {uid: 'q'})-[:OF]->(o)",
        "MATCH (o:Actor) SET o.load = 'l', o.at = 't', o.retrieved = 'd', o.lock = true",
        "MATCH ()-[x:PART_OF]->() SET x.load = 'l', x.at = 't'",
    ],
)
def test_how_it_came_about_does_not(graph: Graph, raw: Raw, change: str) -> None:
    _build(raw, THINGS, STATED)
    before = graph_hash(graph)
    raw(change)
    after = graph_hash(graph)
    raw("MATCH (m:Migration {name: '0099_x'}) DELETE m")  # the model outlives the emptying
    assert after == before


def test_two_alike_are_not_as_if_there_were_none(graph: Graph, raw: Raw) -> None:
    """Digests are added, not folded by exclusive or: a pair must not cancel itself."""
    bare = graph_hash(graph)
    raw("UNWIND range(1, 2) AS n CREATE (:Erasure {at: 'now'})")
    assert graph_hash(graph) != bare


@given(st.dictionaries(st.sampled_from("abc"), st.text() | st.floats(-1e9, 1e9), max_size=3))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_can_read_any_property(graph: Graph, raw: Raw, props: dict[str, Any]) -> None:
    raw(EMPTY)
    raw("CREATE (n:Theme) SET n = $props", props=props)
    first = graph_hash(graph)
    raw("MATCH (n:Theme) DELETE n CREATE (m:Theme) SET m = $props", props=props)
    assert graph_hash(graph) == first
