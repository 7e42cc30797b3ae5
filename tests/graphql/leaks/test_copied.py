"""A steward's copy of what is known of somebody tells of nothing that no steward may see."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.graphql.leaks.test_leaks import Ask, Told, begin
from tests.graphql.leaks.test_matrix import put  # noqa: F401

from tieline.database.graph import Graph
from tieline.graphql.operations import saved
from tieline.schema.consent import Viewer
from tieline.schema.records import STATEMENT, Edge, Record, Row, mention

Raw = Callable[..., Any]
ROW = "s4:told later"
HIDE = "MATCH (o:Organisation {uid: $uid}) SET o.consent = 0"


@pytest.mark.parametrize("hidden", ["the row", "whom it names besides"])
def test_a_hidden_row_of_an_open_source(
    graph: Graph,
    raw: Raw,
    put: Ask,  # noqa: F811
    told_world: Callable[..., Any],
    hidden: str,
) -> None:
    """Nor of the bare mention that such a row makes."""
    world, _ = told_world(1, 3)
    person = next(t for t in world.things if t.kind == "person" and t.level == 4)
    body = next(t for t in world.things if t.kind == "organisation" and t.level == 4)
    text = saved()["export-person"].text
    told = Told(graph, put, world, [(text, {"input": {"who": world.uid(person)}})])
    begin(graph, raw)
    world.rows[4] = [row for row in world.rows[4] if row.record.kind != STATEMENT]
    world.said[4] = world.done[4] = world.said[0] = world.done[0] = []
    told.tell(4)
    before = told.answers(Viewer(1))
    assert b'"errors":[]' in before[0]
    world.rows[0] = [works_for(person, body, 0 if hidden == "the row" else 4)]
    told.tell(0)
    if hidden != "the row":
        raw(HIDE, uid=told.now(body))
    there = raw("MATCH ()-[x:WORKS_FOR {record: $row}]->() RETURN x.audience AS seen", row=ROW)
    assert len(there) == 1, "it is in the graph"
    told.compare(Viewer(1), 0, before, told.answers(Viewer(1)))


def works_for(person: Any, body: Any, audience: int) -> Row:
    row = Row(Record(ROW, STATEMENT, "s4", "{}"))
    row.mentions = {
        role: mention("s4", thing.kind, {}, thing.ids)
        for role, thing in (("from", person), ("to", body))
    }
    one, other = (row.mentions[role].uid for role in ("from", "to"))
    props = (("audience", audience), ("role", "cook"))
    row.edges.append(Edge("WORKS_FOR", one, other, ROW, props))
    return row
