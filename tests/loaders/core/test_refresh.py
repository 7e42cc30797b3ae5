"""Ties as of another day."""

from datetime import date
from typing import Any

from tieline.loaders.refresh import refresh, stale

TODAY, LATER = date(2026, 11, 21), date(2029, 11, 20)


def test_all_ties_fade_to_the_day(world: Any, rows: Any) -> None:
    """Asked 5 of 5: .571429 today and .4 after 1095 days (design, worked answers)."""
    world.source("x")
    said = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": TODAY.isoformat()}
    ann, bob = rows.person("Ann", consent=4), rows.person("Bob", consent=4)
    world.apply([rows.statement("x:1", ("OBSERVED", ann, bob, said))])
    before = world.said()
    assert abs(world.ties()["Ann", "Bob"]["strength"] - 4 / 7) < 1e-9
    assert refresh(world.graph, LATER) == 1
    assert abs(world.ties()["Ann", "Bob"]["strength"] - 0.4) < 1e-9
    assert world.ties()["Bob", "Ann"]["label"] == "not_yet_known"
    refresh(world.graph, TODAY)
    assert world.said() == before


def test_a_load_after_it_is_as_of_the_same_day(world: Any, rows: Any) -> None:
    refresh(world.graph, LATER)
    world.source("x")
    said = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": TODAY.isoformat()}
    world.apply([rows.statement("x:1", ("OBSERVED", rows.person("Ann"), rows.person("Bob"), said))])
    assert abs(world.ties()["Ann", "Bob"]["strength"] - 0.4) < 1e-9


def test_when_it_is_due(world: Any) -> None:
    assert not stale(world.graph, date(2026, 11, 28))
    assert stale(world.graph, date(2026, 11, 29))
    world.graph.write(lambda steps: steps.run("load/as_of", as_of="2026-11-29", pending=True))
    assert stale(world.graph, date(2026, 11, 29))  # one that was stopped half-way
