"""Pathways against brute force on the real server: any small graph, any shape of the search."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from math import prod
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tieline.database.reader import Reader
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.routes import WEIGHED, Search
from tieline.queries.pathways.snapshot.build import viewed
from tieline.queries.pathways.snapshot.view import Actors, View

Run = Callable[[Coroutine[Any, Any, Any]], Any]
STEPS = [0.0, 0.2, 0.25, 0.4, 0.5, 0.5, 0.57, 0.6, 0.8, 0.8, 0.9]


@dataclass
class World:
    """Actors 0, 1, 2 ...: steps by pair, ease, who is a person, who takes requests."""

    steps: dict[tuple[int, int], float]
    ease: list[float]
    person: list[bool]
    willing: list[bool]
    consent: list[int]


@st.composite
def worlds(draw: st.DrawFn, least: int = 2) -> World:
    """Drawn by hand they stay empty."""
    return drawn(Random(draw(st.integers(0, 2**32))), least)


def drawn(dice: Random, least: int) -> World:
    """Small and dense, half of them with few distinct steps."""
    count = dice.randint(least, 12)
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    chosen = dice.sample(pairs, min(len(pairs), dice.randint(count, 4 * count)))
    few = dice.random() < 0.5
    return World(
        {pair: dice.choice(STEPS) if few else dice.betavariate(2, 2) for pair in chosen},
        dice.choices([1.0, 1.0, 0.5, 0.25], k=count),
        dice.choices([True, True, False], k=count),
        [dice.random() < 0.9 for _ in range(count)],
        [4 if at < 2 or at == count - 1 or dice.random() < 0.9 else 1 for at in range(count)],
    )


def burden(world: World, actor: int) -> float:
    return 0.9 * (world.ease[actor] if world.person[actor] else 1.0)


def brute(
    world: World,
    start: int,
    targets: set[int],
    hops: int,
    barred: set[int],
    told: set[int],
    first: int | None = None,
) -> tuple[float, float, int, tuple[int, ...]] | None:
    """The best route (that begins with `first`) as it would be ranked: every walk is tried."""
    found = []

    def walk(path: tuple[int, ...], steps: list[float]) -> None:
        for (here, there), step in world.steps.items():
            if here != path[-1] or there in path or step <= 0:
                continue
            if len(path) == 1 and first not in (None, there):
                continue
            if there in targets:
                if len(path) > 1 or there not in told:
                    eased = [burden(world, actor) for actor in path[1:]]
                    score = round(prod([*steps, step, *eased]), 12)
                    found.append((-score, -min([*steps, step]), len(path), (*path, there)))
            elif len(path) < hops and open_to(there):
                walk((*path, there), [*steps, step])

    def open_to(actor: int) -> bool:
        return world.willing[actor] and world.consent[actor] == 4 and actor not in barred

    walk((start,), [])
    return min(found, default=None)


def expected(
    world: World, start: int, targets: set[int], hops: int, most: int = 3
) -> list[tuple[tuple[int, ...], float]]:
    barred: set[int] = set()
    told: set[int] = set()
    routes: list[tuple[tuple[int, ...], float]] = []
    while len(routes) < most and (best := brute(world, start, targets, hops, barred, told)):
        routes.append((best[3], -best[0]))
        barred |= set(best[3][1:-1])
        if len(best[3]) == 2:
            told.add(best[3][1])
    return routes


def sow(plant: Any, worlds: list[World]) -> None:
    """All of them in one database: the uid of actor 3 of world 12 is '012-03'."""
    plant.clear()
    actors, ties = [], []
    for at, world in enumerate(worlds):
        for actor, person in enumerate(world.person):
            props = {"consent": world.consent[actor], "taking_requests": world.willing[actor]}
            ease = world.ease[actor] if person else 0.1  # on an organisation it has no meaning
            uid = name(at, actor)
            actors.append({"uid": uid, "name": uid, "ease": ease, "person": person} | props)
        ties += [
            (name(at, a), name(at, b), plant.tie(step)) for (a, b), step in world.steps.items()
        ]
    plant.cypher(
        """UNWIND $rows AS row CREATE (x:Actor) SET x = row
        FOREACH (_ IN CASE WHEN row.person THEN [1] ELSE [] END | SET x:Person)
        FOREACH (_ IN CASE WHEN row.person THEN [] ELSE [1] END | SET x:Organisation)""",
        rows=actors,
    )
    plant.write(ties)


def name(world: int, actor: int) -> str:
    return f"{world:03}-{actor:02}"


async def every(questions: list[Any]) -> list[list[Route]]:
    """Eight at a time."""
    gate = asyncio.Semaphore(8)

    async def one(question: Any) -> list[Route]:
        async with gate:
            return list(await question())

    return await asyncio.gather(*map(one, questions))


@pytest.mark.parametrize(
    ("hub", "hops", "weighed"),
    [(400, 4, 1_000), (400, 4, 2), (0, 4, 1_000), (400, 3, 1_000), (0, 2, 1_000)],
    ids=["four", "few at a time", "hubs", "three", "two"],
)
def test_routes_equal_brute_force(
    plant: Any,
    reader: Callable[[int], Reader],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    hub: int,
    hops: int,
    weighed: int,
) -> None:
    monkeypatch.setattr("tieline.queries.pathways.routes.HUB", hub)
    monkeypatch.setattr("tieline.queries.pathways.routes.STRONGEST", 2)
    monkeypatch.setattr("tieline.queries.pathways.routes.JOINED", weighed)
    monkeypatch.setattr("tieline.queries.pathways.routes.TOLD", 2)
    monkeypatch.setattr("tieline.queries.pathways.routes.FEW", weighed // 5 + 1)

    @settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(worlds(), min_size=15, max_size=15))
    def holds(many: list[World]) -> None:
        sow(plant, many)
        asked = []
        for at, world in enumerate(many):
            last = len(world.person) - 1
            asked += [(at, 0, last, at % 2), (at, last, 0, at % 2), (at, 0, 1, 1 - at % 2)]
        questions = [
            lambda at=at, a=a, b=b, down=down: Search(
                reader(4), name(at, a), [name(at, b)], hops, 3
            ).run(down, 1 - down)
            for at, a, b, down in asked
        ]
        for (at, a, b, _), got in zip(asked, run(every(questions)), strict=True):
            want = expected(many[at], a, {b}, hops)
            assert [r.uids for r in got] == [
                tuple(name(at, actor) for actor in actors) for actors, _ in want
            ]
            assert [r.score for r in got] == pytest.approx([s for _, s in want], abs=2e-12)

    holds()


@pytest.mark.parametrize("wide", [250, 0], ids=["few", "many"])
def test_several_targets_equal_brute_force(
    plant: Any,
    reader: Callable[[int], Reader],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    wide: int,
) -> None:
    monkeypatch.setattr("tieline.queries.pathways.routes.WIDE", wide)

    @settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(worlds(least=5), min_size=12, max_size=12))
    def holds(many: list[World]) -> None:
        sow(plant, many)
        targets = {1, 2, 3}
        questions = [
            lambda at=at: Search(
                reader(4), name(at, 0), [name(at, b) for b in sorted(targets)], 4, 3
            ).run(0, 0)
            for at in range(len(many))
        ]
        for at, got in enumerate(run(every(questions))):
            want = expected(many[at], 0, targets, 4)
            assert [r.uids for r in got] == [
                tuple(name(at, actor) for actor in actors) for actors, _ in want
            ]

    holds()


def test_introducers_equal_brute_force(
    plant: Any, reader: Callable[[int], Reader], run: Run
) -> None:
    """The best route through each of the asker's ties, whatever else the routes share."""
    dice = Random(11)
    many = [drawn(dice, 5) for _ in range(30)]
    sow(plant, many)
    for at, world in enumerate(many):
        targets = {1, 2} if at % 2 else {1}
        wanted = [name(at, b) for b in sorted(targets)]
        how: dict[str, Any] = {"from": name(at, 0), "step": "step_4"}
        own = run(reader(4).rows("pathways/firsts", **how))[0]["own"]
        how |= {"targets": wanted, "hops": 4, "k": 5, "own": own}
        rows = run(reader(4).rows("pathways/introducers", **how))
        firsts = [x for x in range(len(world.person)) if x and x not in targets]
        best = [brute(world, 0, targets, 4, set(), targets, first) for first in firsts]
        want = sorted(filter(None, best))[:5]
        assert [tuple(row["uids"]) for row in rows] == [
            tuple(name(at, actor) for actor in found[3]) for found in want
        ]


@pytest.mark.parametrize("ring", [False, True])
def test_arrays_equal_brute_force_on_a_thousand_graphs(ring: bool) -> None:
    """The snapshot's own search, without a server: several targets, any number of steps.

    With `ring` the one who asks sees other ties of theirs than the arrays hold.
    """
    dice = Random(12)
    found: Counter[int] = Counter()
    for _ in range(1_000):
        world = drawn(dice, 5)
        count = len(world.person)
        targets = set(dice.sample(range(1, count), dice.choice([1, 1, 2, 3])))
        hops, own = dice.choice([1, 2, 3, 4, 4]), None
        view = in_arrays(world, targets)
        if ring:
            mine = dice.sample(range(1, count), dice.randint(1, 3))
            others = {pair: step for pair, step in world.steps.items() if pair[0]}
            world.steps = others | {(0, x): dice.choice(STEPS[1:]) for x in mine}
            own = [[name(0, x), world.steps[0, x]] for x in mine]
        got = view.routes(name(0, 0), [name(0, b) for b in targets], hops, 3, own)
        want = expected(world, 0, targets, hops)
        assert [r.uids for r in got] == [tuple(name(0, x) for x in who) for who, _ in want]
        assert [r.score for r in got] == pytest.approx([s for _, s in want], abs=2e-12)
        found.update(len(route.uids) - 1 for route in got)
    assert all(found[steps] > 15 for steps in (1, 2, 3, 4)), found


def in_arrays(world: World, targets: set[int]) -> View:
    count = len(world.person)
    seen = [actor for actor in range(count) if world.consent[actor] == 4 or actor in targets]
    number = {actor: at for at, actor in enumerate(seen)}
    ties = [(number[a], number[b], s) for (a, b), s in world.steps.items() if {a, b} <= {*seen}]
    closed = [not world.willing[x] or world.consent[x] < 4 for x in seen]
    eased = [burden(world, actor) / 0.9 for actor in seen]
    uids = [name(0, actor) for actor in seen]
    actors = Actors(
        uids, {u: n for n, u in enumerate(uids)}, np.array(eased), np.array(closed, bool)
    )
    here, there, step = (np.array([tie[n] for tie in ties]) for n in range(3))
    return viewed(actors, here.astype(np.int32), there.astype(np.int32), step)


def test_a_list_that_runs_out_is_asked_again(
    plant: Any, reader: Callable[[int], Reader], run: Run
) -> None:
    """More routes through one go-between than are listed come before the one without it."""
    others = [f"x{at:03}" for at in range(WEIGHED + 1)]
    plant.actors("a", "b", "m", "z", *others)
    plant.ties([("a", "m", 0.9), ("m", "b", 0.9), ("a", "z", 0.1), ("z", "b", 0.1)], both=False)
    plant.ties([("m", x, 0.9) for x in others] + [(x, "b", 0.9) for x in others], both=False)
    search = Search(reader(4), "a", ["b"], 4, 3)
    routes = run(search.run(2, 2))
    assert [route.uids for route in routes] == [("a", "m", "b"), ("a", "z", "b")]
    assert search.reader.statements.count("pathways/meet") == 2
