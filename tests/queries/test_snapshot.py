"""The ties in memory: as Cypher answers them, and as fresh as the last commit."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.snapshot import keep
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.queries.pathways.snapshot.view import View
from tieline.queries.pathways.target import Target

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
TOUCH = "CREATE (:Touched {uid: randomUUID(), at: timestamp() - $late, pairs: $p, actors: $a})"
PEOPLE = [f"n{at:02}" for at in range(60)]


@pytest.fixture
def snapshots(driver: AsyncDriver, address: Address, run: Run) -> Iterator[Snapshots]:
    made = Snapshots(driver, address.database, least=1)
    yield made
    run(made.close())


@pytest.fixture
def field(plant: Any) -> Any:
    """Sixty people, two of them hubs; steps that differ by level, and often come out equal."""
    dice = Random(3)
    plant.clear()
    plant.actors(*PEOPLE[:50])
    plant.actors(*PEOPLE[50:54], kind="Organisation", ease=0.01)  # means nothing there
    plant.actors(*PEOPLE[54:58], ease=0.3)
    plant.actors(PEOPLE[58], taking_requests=False)
    plant.actors(PEOPLE[59], consent=2)
    drawn = [(a, b) for a in PEOPLE for b in dice.sample(PEOPLE, 5) if a != b]
    drawn += [(hub, b) for hub in PEOPLE[:2] for b in dice.sample(PEOPLE, 30) if b != hub]
    ties: list[tuple[str, str, dict[str, Any]]] = []
    for a, b in sorted(set(drawn)):
        level = dice.choice([1, 2, 3, 4, 4])
        steps = {"step": dice.choice([0.3, 0.5, 0.8]), "step_2": dice.random()}
        steps |= {"step_3": dice.choice([0.3, 0.6]), "step_4": dice.choice([0.2, 0.6])}
        props = plant.tie(0.5, level)
        ties.append((a, b, {name: steps.get(name, value) for name, value in props.items()}))
    plant.write(ties)
    return plant


def touch(plant: Any, *uids: str, actors: tuple[str, ...] = (), late: int = 0) -> None:
    """Note ties there and back; with no uid, that everything is to be read."""
    pairs = [uid for a, b in pairwise(uids) for uid in (a, b, b, a)]
    plant.cypher(TOUCH, p=pairs if uids or actors else None, a=list(actors), late=late)


async def settled(snapshots: Snapshots, reader: Reader) -> View:
    """The view, once it is built."""
    snapshot = snapshots.of(reader.viewer)
    if view := await snapshot.view(reader):
        return view
    assert snapshot._building
    await snapshot._building
    view = await snapshot.view(reader)
    assert view
    return view


def equal(view: View, reader: Reader, run: Run, dice: Random, count: int = 24) -> int:
    """Compare with Cypher in both its shapes; how many questions had a route."""

    async def both(start: str, targets: list[str], shape: int) -> tuple[list[Route], list[Route]]:
        search = Search(reader, start, targets, dice.choice([2, 3, 4, 4]), 3)
        asked = await search.run(*((0, 0), (999, 0), (0, 999))[shape])
        return asked, view.routes(start, targets, search.hops, 3)

    found = 0
    for _ in range(count):
        shape = dice.randrange(3)
        start, *targets = dice.sample(PEOPLE[:58], 2 if shape else dice.choice([2, 4]))
        asked, mine = run(both(start, targets, shape))
        assert [r.uids for r in mine] == [r.uids for r in asked], (start, targets)
        assert [r.score for r in mine] == pytest.approx([r.score for r in asked], abs=2e-12)
        assert [r.least for r in mine] == [r.least for r in asked]
        found += bool(mine)
    return found


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_snapshot_answers_as_cypher_does(
    field: Any, reader: Readers, run: Run, snapshots: Snapshots, level: int
) -> None:
    view = run(settled(snapshots, reader(level)))
    assert equal(view, reader(level), run, Random(level)) > 5
    assert ("n59" in view.actors.number) == (level <= 2), "hidden people are not in it at all"


def test_what_is_written_is_on_a_path_at_the_next_request(
    field: Any, reader: Readers, run: Run, snapshots: Snapshots
) -> None:
    """Each write comes from another connection: to the snapshot it is another process."""
    run(settled(snapshots, reader(1)))
    dice = Random(5)
    for _ in range(6):
        a, b = dice.sample(PEOPLE[:50], 2)
        field.cypher(
            """MATCH (a:Actor {uid: $a}) MATCH (b:Actor {uid: $b})
            MERGE (a)-[t:TIE]->(b) MERGE (b)-[u:TIE]->(a) SET t.step = .99, u.step = .99
            CREATE (:Touched {uid: randomUUID(), at: timestamp(), pairs: [$a, $b, $b, $a],
              actors: []})""",
            a=a,
            b=b,
        )
        view = run(snapshots.view(reader(1)))
        assert view.routes(a, [b], 4, 1)[0] == Route((a, b), 0.99, 0.99)
    assert snapshots.of(reader(1).viewer).builds == 1, "patched, not built again"
    assert equal(view, reader(1), run, dice) > 10


def test_actors_come_go_are_renamed_and_asked_otherwise(
    field: Any, reader: Readers, run: Run, snapshots: Snapshots
) -> None:
    view = run(settled(snapshots, reader(2)))
    field.actors("new")
    field.ties([("new", "n03", 0.9), ("new", "n04", 0.9)])
    touch(field, "n03", "new", "n04")
    field.cypher("MATCH (x:Actor {uid: 'n05'}) DETACH DELETE x")
    field.cypher("MATCH (x:Actor {uid: 'n06'}) SET x.uid = 'six'")
    field.cypher("MATCH (x:Actor {uid: 'n00'}) SET x.taking_requests = false")
    field.cypher("MATCH (x:Actor {uid: 'n01'}) SET x.ease = .1")
    field.cypher("MATCH (x:Actor {uid: 'n07'}) SET x.consent = 1")
    touch(field, actors=("n05", "n06", "six", "n00", "n01", "n07"))
    again = run(snapshots.view(reader(2)))
    assert again.routes("n03", ["new"], 1, 1) and not view.routes("n03", ["new"], 4, 1)
    assert not again.routes("n06", ["n08"], 4, 1) and again.routes("six", ["n08"], 4, 1)
    snapshot = snapshots.of(reader(2).viewer)
    assert (snapshot.builds, snapshot.patches) == (1, 1)
    held = [uid for uid in PEOPLE if uid not in ("n05", "n06", "n07")]
    for uid in held[1:20]:
        asked = run(Search(reader(2), held[0], [uid], 4, 3).run(999, 0))
        assert again.routes(held[0], [uid], 4, 3) == asked


@pytest.mark.parametrize("how", ["late", "swept", "all", "many"])
def test_where_the_notes_cannot_say_all_is_read_anew(
    field: Any,
    reader: Readers,
    run: Run,
    snapshots: Snapshots,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    touch(field, "n01", "n02")
    run(settled(snapshots, reader(1)))
    touch(field, "n03", "n04")
    run(snapshots.view(reader(1)))
    if how == "late":  # committed long after it was stamped
        touch(field, "n05", "n06", late=10_000_000)
    elif how == "swept":
        field.cypher("MATCH (t:Touched) WITH t LIMIT 1 DELETE t")
    elif how == "all":
        touch(field)
    else:
        monkeypatch.setattr(keep, "MOST", 1)
        touch(field, "n05", "n06", "n07")
    assert run(snapshots.view(reader(1))) is None, "Cypher answers meanwhile"
    run(settled(snapshots, reader(1)))
    assert snapshots.of(reader(1).viewer).builds == 2


def test_it_is_forgotten_while_it_is_brought_up_to_date(
    field: Any,
    reader: Readers,
    run: Run,
    snapshots: Snapshots,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody was erased: nothing of what was in memory is left, and whoever asks is answered."""
    run(settled(snapshots, reader(1)))
    touch(field, "n01", "n02")
    asks = reader(1)
    rows = asks.rows

    async def meanwhile(name: str, /, **params: Any) -> Any:
        found = await rows(name, **params)
        if name == "pathways/changed":
            snapshots.forget()
        return found

    monkeypatch.setattr(asks, "rows", meanwhile)
    assert run(snapshots.view(asks)) is None, "Cypher answers meanwhile"
    snapshot = snapshots.of(asks.viewer)
    assert snapshot._view is None and snapshot.patches == 0
    assert equal(run(settled(snapshots, reader(1))), reader(1), run, Random(1), 4)
    assert snapshot.builds == 2


def test_cypher_answers_while_it_is_built_and_where_the_field_is_small(
    field: Any, reader: Readers, run: Run, snapshots: Snapshots, driver: AsyncDriver
) -> None:
    first = reader(1)
    answer = run(pathways(first, "n02", Target("n09"), snapshots=snapshots))
    assert "pathways/meet" in first.statements
    assert snapshots.of(first.viewer).size == 0
    run(settled(snapshots, reader(1)))
    then = reader(1)
    assert run(pathways(then, "n02", Target("n09"), snapshots=snapshots)) == answer
    assert "pathways/halves" not in then.statements
    assert snapshots.of(first.viewer).size > 1_000
    small = Snapshots(driver, "neo4j", least=10_000)
    assert run(small.view(reader(1))) is None and run(small.view(reader(1))) is None
    assert small.of(first.viewer)._building is None


@pytest.mark.slow
def test_writers_and_readers_together_leave_it_as_if_built_anew(
    field: Any, reader: Readers, run: Run, snapshots: Snapshots, driver: AsyncDriver
) -> None:
    """Three write for a while, two ask; then every row is that of a snapshot read afresh."""

    async def writes(seed: int) -> None:
        dice = Random(seed)
        for _ in range(60):
            a, b = dice.sample(PEOPLE[:58], 2)
            step = dice.choice([0.0, 0.4, 0.9])
            text = """MATCH (a:Actor {uid: $a}) MATCH (b:Actor {uid: $b})
                MERGE (a)-[t:TIE]->(b) SET t.step = $s
                CREATE (:Touched {uid: randomUUID(), at: timestamp(), pairs: [$a, $b],
                  actors: []})"""
            await driver.execute_query(text, a=a, b=b, s=step)

    async def asks() -> int:
        asked = 0
        for _ in range(120):
            asked += await snapshots.view(reader(1)) is not None
        return asked

    async def all_at_once() -> list[Any]:
        await settled(snapshots, reader(1))
        return await asyncio.gather(*map(writes, range(3)), asks(), asks())

    *_, one, other = run(all_at_once())
    assert one + other > 20
    old = run(settled(snapshots, reader(1)))
    new = run(settled(Snapshots(driver, "neo4j", 1), reader(1)))
    assert rows(old) == rows(new)


def rows(view: View) -> dict[str, Any]:
    uids = view.actors.uids
    return {
        uid: [
            sorted((uids[other], step) for other, step in zip(*way.of_one(at), strict=True))
            for way in (view.outward, view.inward)
        ]
        for uid, at in view.actors.number.items()
    }
