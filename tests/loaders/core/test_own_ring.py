"""A person's own pathways on a field that is held in memory: Cypher's, from their own ring of ties.

On the real server; everybody is invented.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.tie import describe
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.own import own
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.queries.pathways.snapshot.view import View
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
    reader = Reader(driver, address.database, Viewer(FIELD), seconds=60)
    assert run(made.view(reader)) is None
    run(made.of(reader.viewer)._building)
    assert run(made.view(reader))
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


def with_ring(view: View, me: str, firsts: list[list[Any]]) -> View:
    """The same with one actor's steps as they see them."""
    at = view.actors.number[me]
    steps = dict.fromkeys(view.outward.of_one(at)[0].tolist(), 0.0)
    steps |= {view.actors.number[uid]: step for uid, step in firsts}
    here, there = np.full(len(steps), at), np.array(list(steps))
    step, count = np.array(list(steps.values())), len(view.actors.uids)
    outward = view.outward.with_steps(here, there, step, count)
    return View(view.actors, outward, view.inward.with_steps(there, here, step, count))


def test_an_own_ring_answers_as_cypher_does_though_the_field_is_in_memory(
    ask: Ask, run: Any, driver: AsyncDriver, address: Address, uids: list[str], snapshots: Snapshots
) -> None:
    """And as memory would, were that ring in it; others' pathways come from memory all along."""
    me, differ = uids[0], 0
    reader = Reader(driver, address.database, Viewer(FIELD, me), seconds=60)
    held = run(snapshots.view(Reader(driver, address.database, Viewer(FIELD), seconds=60)))
    mine = with_ring(held, me, run(own(reader, me)).firsts)
    for to in uids[3:21]:
        found, asked = ask(me, to, snapshots)
        assert found == ask(me, to, None)[0]
        assert found == [list(route.uids) for route in mine.routes(me, [to], 4, 3)]
        assert "pathways/own" in asked
        theirs, asked = ask(None, to, snapshots)
        assert not {"pathways/own", "pathways/halves", "pathways/look"} & set(asked)
        differ += found != theirs
    assert differ > 8, "what they alone know leads elsewhere"
    _, asked = ask(me, uids[20], snapshots, start=uids[5])
    assert not {"pathways/own", "pathways/halves", "pathways/look"} & set(asked), "nor their own"
