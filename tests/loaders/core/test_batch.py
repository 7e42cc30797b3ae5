"""What one batch does to the graph: joining, parting, renaming, and rows that are no thing."""

from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.errors import DatabaseProblem
from tieline.loaders.batch import apply
from tieline.loaders.change import Said


def test_a_bridge_joins_and_its_withdrawal_parts(world: Any, rows: Any) -> None:
    for slug in "abc":
        world.source(slug)
    funder = ("FUNDS", rows.body("F", "GB-CHC-1000009"))
    one = rows.project("a:1", funder, ("LEADS", rows.body("One", "GB-CHC-1000001")))
    two = rows.project("b:1", funder, ("LEADS", rows.body("Two", "GB-COH-00000002")))
    bridge = rows.project(
        "c:1", ("LEADS", rows.body("Bridge", "GB-CHC-1000001", "GB-COH-00000002"))
    )
    world.apply([one])
    world.apply([two])
    apart = world.said()
    assert len(world.ties()) == 4
    world.apply([bridge])
    joined = world.said()
    assert len(world.ties()) == 2
    world.apply(gone=["c:1"])
    assert world.said() == apart
    world.clear()
    for slug in "abc":
        world.source(slug)
    for row in (bridge, two, one):
        world.apply([row])
    assert world.said() == joined


def test_statements_before_and_after_the_things_they_mention(world: Any, rows: Any) -> None:
    """A tie between two people by name; the table that says who they are comes first or last."""
    name = "name-person-x-{}".format
    ann = rows.thing("x:1", ("person", "Ann", ["local-x-person-1", name("ann")], {"bio": "b"}))
    bob = rows.thing("x:2", ("person", "Bob", ["local-x-person-2", name("bob")], {}))
    said = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": "2026-11-01"}
    tie = rows.statement("x:t", ("OBSERVED", rows.person("Ann"), rows.person("Bob"), said))
    found = []
    for order in ([[ann, bob], [tie]], [[tie], [ann, bob]], [[ann], [tie, bob]], [[ann, bob, tie]]):
        world.clear()
        world.source("x")
        for batch in order:
            world.apply(batch)
        found.append(world.said())
    assert all(each == found[0] for each in found)
    described = world.ask("MATCH (r:Record {uid: 'x:t'})-[:DESCRIBES]->(e) RETURN e")
    assert described == []
    tie = world.ties()["Ann", "Bob"]
    assert (tie["label"], tie["audience"]) == ("middling", 2)


def test_a_row_may_change_its_identifiers_and_its_kind(world: Any, rows: Any) -> None:
    world.source("x")
    old = rows.thing("x:1", ("organisation", "Aid", ["GB-CHC-1000001"], {}))
    new = rows.thing("x:1", ("organisation", "Aid", ["GB-CHC-1000002"], {}))
    other = rows.thing("x:2", ("organisation", "Aid", ["GB-CHC-1000001"], {}))
    world.apply([old, other])
    assert world.partition() == [["x:1", "x:2"]]
    world.apply([new])
    assert world.partition() == [["x:1"], ["x:2"]]
    place = rows.thing("x:1", ("place", "Aid", ["GSS-E08000026"], {}))
    world.apply([place])
    assert world.ask("MATCH (p:Place) RETURN p.name AS n") == [{"n": "Aid"}]
    world.apply([old])
    assert world.partition() == [["x:1", "x:2"]]
    assert world.ask("MATCH (i:Identifier) RETURN i.uid AS i") == [{"i": "GB-CHC-1000001"}]
    assert world.ask("MATCH (p:Place) RETURN p") == []


def test_a_network_gains_and_loses_its_label(world: Any, rows: Any) -> None:
    world.source("x")
    plain = rows.thing("x:1", rows.body("Alliance"))
    world.apply([rows.thing("x:1", rows.body("Alliance", network=True))])
    assert world.ask("MATCH (n:Network) RETURN n.name AS n") == [{"n": "Alliance"}]
    world.apply([plain])
    assert world.ask("MATCH (n:Network) RETURN n.name AS n") == []
    assert world.ask("MATCH (n:Organisation:Actor) RETURN n.name AS n") == [{"n": "Alliance"}]


def test_judged_same_and_taken_back(world: Any, rows: Any) -> None:
    world.source("x")
    world.source("y")
    world.apply([rows.thing("x:1", rows.body("Aid", "GB-CHC-1000001"))])
    world.apply([rows.thing("y:1", rows.body("The Aid", "GB-COH-00000001"))])
    apart = world.said()
    world.judge("x:1", "y:1", "same")
    assert world.partition() == [["x:1", "y:1"]]
    world.judge("x:1", "y:1", None)
    assert world.said() == apart


def test_an_edge_to_what_the_row_does_not_mention_is_refused(world: Any, rows: Any) -> None:
    world.source("x")
    row = rows.project("x:1", ("LEADS", rows.body("Aid")))
    row.mentions.clear()
    with pytest.raises(ValueError, match="does not mention"):
        world.apply([row])


def test_a_graph_with_no_date_is_told_how_to_get_one(graph: Graph, raw: Any, rows: Any) -> None:
    raw("MATCH (f:Field) DETACH DELETE f")
    raw("CREATE (:Source {slug: 'x', reliability: 1.0, audience: 4})")
    with pytest.raises(DatabaseProblem, match="schema install"):
        graph.write(lambda steps: apply(steps, "x", [Said(rows.project("x:1"))]))
