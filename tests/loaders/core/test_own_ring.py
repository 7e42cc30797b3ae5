"""A person's own pathways on a field that is held in memory: as Cypher's, from their own ties.

On the real server; everybody is invented.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.oneself import set_consent
from tieline.loaders.own_word.tie import describe
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.queries.pathways.target import Target
from tieline.schema.consent import FIELD, Viewer

TODAY = date(2026, 11, 21)
NAMES = [f"P{at:02}" for at in range(24)]
Ask = Callable[..., tuple[list[list[str]], list[str]]]


@pytest.fixture
def uids(world: Any, rows: Any) -> list[str]:
    """A ring of twenty-four, some chords; the first says of four what nobody else may hear."""
    dice = Random(4)
    people = [rows.person(name, f"local-x-person-{name}", consent=4) for name in NAMES]
    pairs = [(at, (at + 1) % 24) for at in range(24)]
    pairs += [tuple(dice.sample(range(24), 2)) for _ in range(16)]  # type: ignore[misc]
    told = []
    for at, (a, b) in enumerate(pairs):
        said = {"kind": "closeness", "value": dice.random(), "reporter": "from", "on": "2026-09-01"}
        told.append(rows.statement(f"x:{at}", ("OBSERVED", people[a], people[b], said)))
    world.load("x", told)
    found = {
        row["n"]: row["u"] for row in world.ask("MATCH (x:Actor) RETURN x.name AS n, x.uid AS u")
    }
    named = [str(found[name]) for name in NAMES]
    given = answers(closeness=5)
    for at in (6, 9, 13, 17):
        world.graph.write(lambda s, a=at: describe(s, named[0], named[a], given, TODAY, 1))
    return named


@pytest.fixture
def snapshots(driver: AsyncDriver, address: Address, run: Any, uids: Any) -> Iterator[Snapshots]:
    """In memory, for members."""
    made = Snapshots(driver, address.database, least=1)

    async def read() -> bool:
        reader = Reader(driver, address.database, Viewer(FIELD), seconds=60)
        assert await made.view(reader) is None
        building = made.of(reader.viewer)._building
        assert building
        await building
        return await made.view(reader) is not None

    assert run(read())
    yield made
    run(made.close())


@pytest.fixture
def ask(driver: AsyncDriver, address: Address, run: Any, uids: list[str]) -> Ask:
    def put(
        person: str | None, to: str, snapshots: Snapshots | None, start: str = uids[0]
    ) -> tuple[list[list[str]], list[str]]:
        reader = Reader(driver, address.database, Viewer(FIELD, person), seconds=60)
        told = run(pathways(reader, start, Target(to), snapshots=snapshots))
        return [[start, *(h["to_uid"] for h in r["hops"])] for r in told["routes"]], list(
            reader.statements
        )

    return put


CYPHER = {"pathways/own", "pathways/halves", "pathways/meet", "pathways/four", "pathways/wide"}


def test_an_own_ring_answers_as_cypher_does_though_the_field_is_in_memory(
    ask: Ask, uids: list[str], snapshots: Snapshots
) -> None:
    """One, two, three and four steps; from others, and as nobody in particular, no such ring."""
    me, differ, reached = uids[0], 0, 0
    for to in uids[1:]:
        found, asked = ask(me, to, snapshots)
        mine, by = ask(me, to, None)
        assert found == mine, uids.index(to)
        reached += bool(found)
        assert not CYPHER & set(asked) and "pathways/own" in by
        theirs, asked = ask(None, to, snapshots)
        assert not CYPHER & set(asked)
        differ += found != theirs
    assert reached > 15 and differ > 8, "what they alone know leads elsewhere"
    assert ask(me, uids[20], snapshots, uids[5])[0] == ask(None, uids[20], snapshots, uids[5])[0]


def test_who_is_hidden_from_members_finds_their_own(
    ask: Ask, world: Any, uids: list[str], snapshots: Snapshots
) -> None:
    """Nobody else finds them, and their own pathways are there."""
    world.graph.write(lambda steps: set_consent(steps, uids[0], 1, TODAY))
    found, _ = ask(uids[0], uids[3], snapshots)
    assert found and found == ask(uids[0], uids[3], None)[0]
    with pytest.raises(NotFound):
        ask(None, uids[3], snapshots)
