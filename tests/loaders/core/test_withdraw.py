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
    held = graph_hash(world.graph)
    told = withdraw(world.graph, gone, dry_run=True)
    assert graph_hash(world.graph) == held
    seen: list[int] = []
    taken = withdraw(world.graph, gone, seen.append)
    assert taken.rows == 31 and seen == [31]
    assert world.said() == text and graph_hash(world.graph) == want
    assert told.as_json() | {"seconds": 0} == taken.as_json() | {"seconds": 0}


COUNTS = {
    "things": "MATCH (n) WHERE n:Actor OR n:Project OR n:Place OR n:Theme RETURN count(n) AS n",
    "relationships": "MATCH ()-[x]->() WHERE x.uid IS NOT NULL AND type(x) <> 'OBSERVED' "
    "RETURN count(x) AS n",
    "observations": "MATCH ()-[x:OBSERVED]->() RETURN count(x) AS n",
    "ties": "MATCH ()-[x:TIE]->() RETURN count(x) / 2 AS n",
}


def test_a_rehearsal_tells_what_will_be_found(
    world: Any, rows: Any, sources: dict[str, list[Row]]
) -> None:
    """Its figures against counts of the graph before and after."""
    pages = [rows.body(f"B{n}", f"GB-CHC-10000{n:02}", url="https://b.example") for n in range(8)]
    sources["a"] += [rows.thing(f"a:b{n}", page) for n, page in enumerate(pages)]
    for source in "abc":
        world.load(source, sources[source])
    names = {row["u"]: row["p"] for row in world.ask(OTHERS)}
    before = {name: world.ask(text)[0]["n"] for name, text in COUNTS.items()}
    told = withdraw(world.graph, "a", dry_run=True)
    assert {name: world.ask(text)[0]["n"] for name, text in COUNTS.items()} == before
    withdraw(world.graph, "a")
    after = {name: world.ask(text)[0]["n"] for name, text in COUNTS.items()}
    less = {name: before[name] - after[name] for name in COUNTS}
    assert less["things"] == sum(told.gone.values()) - sum(told.begun.values()) > 0
    assert less["relationships"] == told.relationships > 0
    assert less["observations"] == told.observations > 0
    assert less["ties"] == told.ties > 0
    now = world.ask(OTHERS)
    assert sum(told.changed.values()) == sum(row["p"] != names[row["u"]] for row in now) > 0
    assert sum(told.stay.values()) <= len(now)


# Each thing that b or c speak of, by its lowest record of theirs: what it says but for its uid.
OTHERS = (
    "MATCH (n)<-[:DESCRIBES]-(r:Record) WHERE r.source <> 'a' WITH n, min(r.uid) AS u "
    "RETURN u, [n.name, n.title, n.consent, n.audience, n.url] AS p"
)


def test_a_source_that_joined_two_parts_them(world: Any, rows: Any) -> None:
    """Neither other source names both numbers: without the one that does they are two."""
    world.load("a", [rows.thing("a:1", rows.body("Aid", "GB-CHC-1000001", "GB-COH-01000001"))])
    world.load("b", [rows.thing("b:1", rows.body("Aid", "GB-CHC-1000001"))])
    world.load("c", [rows.thing("c:1", rows.body("AID", "GB-COH-01000001"))])
    told = withdraw(world.graph, "a", dry_run=True)
    assert (told.gone["organisation"], told.begun["organisation"]) == (0, 1)
    assert (told.stay["organisation"], told.changed["organisation"]) == (2, 2)
    assert withdraw(world.graph, "a").as_json() | {"seconds": 0} == told.as_json() | {"seconds": 0}
    assert len(world.partition()) == 2


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
