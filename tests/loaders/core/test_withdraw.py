"""Withdrawing a source leaves the graph as if it had never been loaded."""

from random import Random
from typing import Any

import pytest

from tieline.errors import NotFound
from tieline.loaders.withdraw import withdraw
from tieline.queries.hash.hash import graph_hash
from tieline.schema.records import Row


@pytest.fixture
def sources(rows: Any) -> dict[str, list[Row]]:
    """Three sources that share funders, bodies and people, and disagree on consent."""
    rng, found = Random(3), {}
    bodies = [rows.body(f"B{n}", f"GB-CHC-10000{n:02}") for n in range(8)]
    people = [rows.person(f"P{n}", f"local-all-person-{n}", consent=n % 5) for n in range(9)]
    for source in "abc":
        grants = [
            rows.project(f"{source}:g{n}", *zip(("FUNDS", "LEADS"), rng.sample(bodies, 2)))  # noqa: B905
            for n in range(15)
        ]
        roles = [
            rows.statement(
                f"{source}:m{n}", ("MEMBER_OF", rng.choice(people), rng.choice(bodies), {})
            )
            for n in range(15)
        ]
        lowered = rows.thing(f"{source}:p", rows.person("P4", "local-all-person-4", consent=1))
        found[source] = [*grants, *roles, lowered]
    return found


@pytest.mark.parametrize("gone", ["a", "b", "c"])
def test_as_if_never_loaded(world: Any, sources: dict[str, list[Row]], gone: str) -> None:
    for source in "abc":
        if source != gone:
            world.load(source, sources[source], size=7)
    want, text = graph_hash(world.graph), world.said()
    world.load(gone, sources[gone], size=11)
    assert graph_hash(world.graph) != want
    seen: list[int] = []
    assert withdraw(world.graph, gone, seen.append) == 31
    assert seen == [31]
    assert world.said() == text and graph_hash(world.graph) == want


def test_nothing_is_left_of_the_last(world: Any, sources: dict[str, list[Row]]) -> None:
    for source in "ab":
        world.load(source, sources[source])
    for source in "ab":
        withdraw(world.graph, source)
    assert world.said() == {} and world.ask("MATCH (l:Load) RETURN l") == []


def test_withdrawn_and_loaded_again_it_is_the_same(
    world: Any, sources: dict[str, list[Row]]
) -> None:
    world.load("a", sources["a"])
    want = world.said()
    withdraw(world.graph, "a")
    assert world.load("a", sources["a"]).written == 31
    assert world.said() == want


def test_an_unknown_source_is_told_where_to_look(world: Any) -> None:
    with pytest.raises(NotFound, match="tieline loads"):
        withdraw(world.graph, "nobody")
