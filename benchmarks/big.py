"""A large invented field written straight into Neo4j: actors and ties, all that pathways read.

    world = draw(people=100_000, ties=1_000_000, seed=1)    arrays: who, to whom, which step
    write(address, world)                                   UNWIND ... CREATE, two sessions

People stand in a line and are mostly tied to their neighbours, so that some are two steps apart,
some four, and some further; 31 of them are hubs of 2,000 ties and more, a few hundred were asked
lately, one in fifty takes no requests. A tie is one direction of a pair, as in `TIE`; each has all
that the loaders write of one, at four levels. Loaders are not used: it would take an hour.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from neo4j import Driver, GraphDatabase

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install

HUBS, LEAST_HUB, MOST_HUB = 31, 2_200, 8_000
NEAR = 1 / 8
SIZE, SESSIONS = 10_000, 2
SHOWN = (1.0, 0.85, 0.6, 0.4)  # of all ties, those of which each level sees anything
ACTORS = """
UNWIND $rows AS row
CREATE (x:Actor:Person {uid: row[0], name: row[0], consent: row[1]})
SET x.ease = row[2], x.taking_requests = row[3]
"""
TIES = """
UNWIND $rows AS row
MATCH (a:Actor {uid: row[0]}) MATCH (b:Actor {uid: row[1]})
CREATE (a)-[:TIE {audience: row[6], strength: row[2], against: 0.1, unknown: 0.2, heard: 1,
  quiet: false,
  step: row[2], label: 'middling', kinds: ['closeness', 'contact_day'], seen: '2026-09-01',
  step_2: row[3], label_2: CASE WHEN row[6] >= 2 THEN 'middling' END,
  kinds_2: CASE WHEN row[6] >= 2 THEN ['contact_day'] END,
  seen_2: CASE WHEN row[6] >= 2 THEN '2026-09-01' END,
  step_3: row[4], label_3: CASE WHEN row[6] >= 3 THEN 'thin' END,
  kinds_3: CASE WHEN row[6] >= 3 THEN ['contact_day'] END,
  seen_3: CASE WHEN row[6] >= 3 THEN '2026-09-01' END,
  step_4: row[5], label_4: CASE WHEN row[6] >= 4 THEN 'not_yet_known' END,
  kinds_4: CASE WHEN row[6] >= 4 THEN ['contact_day'] END,
  seen_4: CASE WHEN row[6] >= 4 THEN '2026-09-01' END}]->(b)
"""


@dataclass
class World:
    """Actors 0, 1, 2 ... and ties from `here` to `there`; `step[level - 1]`, 0: not seen there."""

    here: np.ndarray
    there: np.ndarray
    step: np.ndarray
    ease: np.ndarray
    willing: np.ndarray

    @property
    def actors(self) -> int:
        return len(self.ease)

    def seen(self, level: int) -> "World":
        """What a viewer of this level sees of it."""
        ok = self.step[level - 1] > 0
        return replace(self, here=self.here[ok], there=self.there[ok], step=self.step[:, ok])

    def uid(self, actor: int) -> str:
        return f"p-{actor:06}"


def draw(people: int, ties: int, seed: int, reach: float = NEAR) -> World:
    """`reach`: how far along the line hubs are tied, a share of it."""
    dice = np.random.default_rng(seed)
    pairs = _pairs(dice, people, ties // 2, reach)
    a, b = pairs // people, pairs % people
    pooled = dice.beta(2.0, 3.0, len(a)).round(3).clip(0.01)
    asked = np.where(dice.random((2, len(a))) < 0.3, dice.random((2, len(a))), 1.0)
    step = np.concatenate([pooled * asked[0], pooled * asked[1]]).round(6).clip(0.001)
    shown = np.tile(dice.random(len(a)), 2)
    steps = np.array([np.where(shown < share, step * 0.9**n, 0) for n, share in enumerate(SHOWN)])
    ease = np.where(dice.random(people) < 0.005, 1 / (1 + dice.integers(1, 9, people) / 4), 1.0)
    here, there = np.concatenate([a, b]), np.concatenate([b, a])
    return World(here, there, steps, ease, dice.random(people) > 0.02)


def _pairs(dice: np.random.Generator, people: int, count: int, reach: float) -> np.ndarray:
    """Pairs as a x people + b, a < b, each once: hubs first, then near, further and far."""
    hubs = np.linspace(0, people - 1, HUBS, dtype=np.int64)
    most = min(MOST_HUB, people // 10)
    sizes = np.linspace(min(LEAST_HUB, most // 2), most, HUBS).astype(int)
    far = round(people * reach)
    near = [dice.integers(-far, far, size) for size in sizes]
    found = [_keys(np.repeat(hubs, sizes), np.repeat(hubs, sizes) + np.concatenate(near), people)]
    found.append(_keys(dice.choice(hubs, 120), dice.choice(hubs, 120), people))
    left = count - len(np.unique(np.concatenate(found)))
    for share, away in ((0.6, 60), (0.35, 1_000), (0.3, people // 20)):
        start = dice.integers(0, people, int(left * share))
        found.append(_keys(start, start + dice.integers(-away, away, len(start)), people))
    keys = np.concatenate(found)
    first = np.unique(keys, return_index=True)[1]
    return keys[np.sort(first)][:count]


def _keys(a: np.ndarray, b: np.ndarray, people: int) -> np.ndarray:
    b = b % people
    ok = a != b
    return (np.minimum(a, b) * people + np.maximum(a, b))[ok]


def write(address: Address, world: World) -> None:
    """Into an empty database, the model's constraints and indexes first."""
    with Graph(address) as graph:
        install(graph)
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        rows = [
            [world.uid(at), 4, None if ease == 1 else ease, None if willing else False]
            for at, (ease, willing) in enumerate(
                zip(world.ease.tolist(), world.willing.tolist(), strict=True)
            )
        ]
        for at in range(0, len(rows), SIZE):
            driver.execute_query(ACTORS, rows=rows[at : at + SIZE])
        with ThreadPoolExecutor(SESSIONS) as pool:
            list(pool.map(lambda some: _ties(driver, some), _chunks(world)))


def _chunks(world: World) -> Iterator[list[list[Any]]]:
    audience = (world.step > 0).sum(0)
    order = np.random.default_rng(0).permutation(len(world.here))  # as they come: in no order
    for at in range(0, len(order), SIZE):
        some = order[at : at + SIZE]
        columns = (world.here[some], world.there[some], *world.step[:, some], audience[some])
        yield [
            [world.uid(a), world.uid(b), *(step or None for step in steps), seen]
            for a, b, *steps, seen in zip(*(column.tolist() for column in columns), strict=True)
        ]


def _ties(driver: Driver, rows: list[list[Any]]) -> None:
    driver.execute_query(TIES, rows=rows)
