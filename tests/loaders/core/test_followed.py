"""Ties kept in memory follow everything that loaders, weavers and the people themselves do."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.loaders import touch
from tieline.loaders.own_word.oneself import set_consent, take_requests
from tieline.loaders.refresh import refresh
from tieline.loaders.withdraw import withdraw
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.queries.pathways.snapshot.view import View
from tieline.schema.consent import Viewer

TODAY = date(2026, 11, 21)
NAMES = [f"P{at:02}" for at in range(24)]
LEVELS = (1, 3)


def met(rows: Any, slug: str, dice: Random, count: int) -> list[Any]:
    """So many meetings, each a row of this source."""
    people = [rows.person(name, f"local-all-person-{name}", consent=4) for name in NAMES]
    found = []
    for at in range(count):
        a, b = dice.sample(people, 2)
        said = {"kind": "closeness", "value": dice.random(), "reporter": "from"}
        on = f"2026-{dice.randint(1, 9):02}-01"
        found.append(rows.statement(f"{slug}:{at}", ("OBSERVED", a, b, said | {"on": on})))
    return found


class Kept:
    """A snapshot for each level in this process, while somebody else writes."""

    def __init__(self, driver: AsyncDriver, address: Address, run: Any) -> None:
        self.driver, self.database, self.run = driver, address.database, run
        self.snapshots = Snapshots(driver, self.database, least=1)

    def reader(self, level: int) -> Reader:
        return Reader(self.driver, self.database, Viewer(level), seconds=60)

    async def view(self, snapshots: Snapshots, level: int) -> tuple[View, bool]:
        """The view, and whether it was there at once."""
        snapshot = snapshots.of(Viewer(level))
        if view := await snapshots.view(self.reader(level)):
            return view, True
        assert snapshot._building
        await snapshot._building
        view = await snapshots.view(self.reader(level))
        assert view
        return view, False

    def check(self) -> bool:
        """Equal to one made anew, and to Cypher; whether each was there at the first request."""
        at_once = []
        for level in LEVELS:
            mine, there = self.run(self.view(self.snapshots, level))
            anew, _ = self.run(self.view(Snapshots(self.driver, self.database, 1), level))
            assert told(mine) == told(anew)
            uids = sorted(anew.actors.uids)
            for to in uids[1:6]:
                asked = Search(self.reader(level), uids[0], [to], 4, 3).run(0, 0)
                assert mine.routes(uids[0], [to], 4, 3) == self.run(asked)
            at_once.append(there)
        return all(at_once)


def told(view: View) -> dict[str, Any]:
    """Everything of it that an answer rests on; who is tied to nobody may be in it or not."""
    uids = view.actors.uids
    ways = {
        uid: [
            sorted((uids[other], step) for other, step in zip(*way.of_one(at), strict=True))
            for way in (view.outward, view.inward)
        ]
        for uid, at in view.actors.number.items()
    }
    about = {
        uid: (*ways[uid], float(view.actors.ease[at]), bool(view.actors.closed[at]))
        for uid, at in view.actors.number.items()
    }
    return {uid: each for uid, each in about.items() if each[0] or each[1]}


@pytest.fixture
def kept(driver: AsyncDriver, address: Address, run: Any, world: Any, rows: Any) -> Iterator[Kept]:
    world.load("x", met(rows, "x", Random(1), 60))
    made = Kept(driver, address, run)
    assert not made.check(), "Cypher answers the first"
    yield made
    run(made.snapshots.close())


def uid_of(world: Any, name: str) -> str:
    return str(world.ask("MATCH (x:Actor {name: $n}) RETURN x.uid AS uid", n=name)[0]["uid"])


@pytest.mark.slow
def test_each_kind_of_write_is_in_the_next_answer(kept: Any, world: Any, rows: Any) -> None:
    """Another source, its file replaced, two judged the same and not, consent, withdrawal."""
    world.load("y", met(rows, "y", Random(2), 40))
    assert kept.check()
    world.load("y", met(rows, "y", Random(3), 38), name="newer")
    assert kept.check()
    one, other = (
        world.ask(
            "MATCH (r:Record)-[:DESCRIBES]->(:Actor {name: $n}) RETURN min(r.uid) AS uid", n=name
        )[0]["uid"]
        for name in NAMES[:2]
    )
    world.judge(one, other, "same")
    assert kept.check()
    world.judge(one, other, None)
    assert kept.check()
    for level in (1, 2, 4):
        world.graph.write(partial(consent, uid_of(world, NAMES[3]), level))
        assert kept.check()
    world.graph.write(partial(closed, uid_of(world, NAMES[5])))
    assert kept.check()
    withdraw(world.graph, "y")
    assert kept.check()
    builds = [kept.snapshots.of(Viewer(level)).builds for level in LEVELS]
    assert builds == [1, 1], "followed all along, and never read anew"


def consent(uid: str, level: int, steps: Any) -> Any:
    return set_consent(steps, uid, level, TODAY)


def closed(uid: str, steps: Any) -> Any:
    return take_requests(steps, uid, False, None, TODAY)


def test_it_says_how_much_memory_it_takes(
    kept: Any, driver: AsyncDriver, address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="tieline"):
        kept.run(kept.view(Snapshots(driver, address.database, 1), 1))
    (said,) = [r for r in caplog.records if r.getMessage() == "the ties are in memory"]
    told = said.__dict__["told"]
    assert (told["level"], told["actors"]) == (1, len(NAMES))
    assert told["ties"] > 60 and told["megabytes"] > 0


def test_more_than_a_note_holds_is_read_anew_in_the_background(
    kept: Any, world: Any, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load of thousands of pairs, and every tie as of another day."""
    monkeypatch.setattr(touch, "MOST", 5)
    world.load("y", met(rows, "y", Random(2), 200))
    assert not kept.check() and kept.check()
    monkeypatch.undo()
    refresh(world.graph, TODAY + timedelta(days=100))
    assert kept.check()


@pytest.mark.slow
def test_a_load_of_thousands_of_ties_beside_it(
    kept: Any, world: Any, rows: Any, run: Callable[..., Any]
) -> None:
    """Memory or Cypher answers while it runs; then all of it is in."""
    many = met(rows, "y", Random(5), 3_000)

    async def ask_until(done: asyncio.Event) -> tuple[int, int]:
        answered = waited = 0
        while not done.is_set():
            reader = kept.reader(1)
            view = await kept.snapshots.view(reader)
            answered, waited = answered + (view is not None), waited + (view is None)
            await asyncio.sleep(0.01)
        return answered, waited

    async def both() -> tuple[int, int]:
        done = asyncio.Event()
        asking = asyncio.create_task(ask_until(done))
        await asyncio.to_thread(world.load, "y", many, size=200)
        done.set()
        return await asking

    answered, waited = run(both())
    assert answered > 5, (answered, waited)
    kept.check()
    assert kept.check()
