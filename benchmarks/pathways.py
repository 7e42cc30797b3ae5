"""Pathways at 1,000,000 ties with hubs of thousands: our Cypher, our snapshot, and everybody else.

    python benchmarks/pathways.py [--pairs 25] [--checked 25] [--peers 3] [--home FOLDER]

An invented field (big.py) in a server of its own. By class of pair (how far apart, where the hubs
are) the processor milliseconds a question takes, server and client, and the median and 95th
percentile of milliseconds by the clock, warm: three routes by Cypher, three routes from
memory (the check that it is current included), and one route each by the obvious Cypher, Cypher 25
with ACYCLIC and allReduce, networkx and rustworkx in process. `--checked` pairs of each class are
held against rustworkx, and Cypher against memory on all. `--home` keeps the server for another run.
"""

import argparse
import asyncio
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import big
import numpy as np
import psutil
from big import World
from neo4j import AsyncDriver
from peers import OBVIOUS, PRUNED, Networkx, Rustworkx, cypher

from tieline.database import server, status
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.reader import Reader, open_driver
from tieline.errors import TookTooLong
from tieline.queries.pathways.routes import Route, Search
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import Viewer

STEWARD = Viewer(1)
HUB = 1_500
WARM = 4  # questions of each class before the clock runs
Pair = tuple[int, int]
Classes = dict[str, list[Pair]]


@dataclass
class Took:
    """Milliseconds of each question of a class, how many were stopped, processor time in all."""

    times: list[float]
    stopped: int = 0
    worked: float = 0.0

    def __str__(self) -> str:
        if not self.times:
            return f"all {self.stopped} stopped" if self.stopped else "-"
        ordered = sorted(self.times)
        each = self.worked / (len(self.times) + self.stopped)
        said = f"{each:.0f} " if self.worked else ""
        said += f"{statistics.median(ordered):.1f}/{ordered[int(0.95 * (len(ordered) - 1))]:.1f}"
        return f"{said} {self.stopped} stopped" if self.stopped else said


def classes(world: World, count: int) -> Classes:
    """Pairs by how far apart they are and where hubs stand, drawn at random."""
    near = Neighbours(world)
    dice = random.Random(1)
    hubs = [int(at) for at in np.flatnonzero(near.count >= HUB)]
    usual = [at for at in range(world.actors) if 0 < near.count[at] < HUB]
    found: Classes = {name: [] for name in ("two steps", "three", "four", "unreachable")}
    while any(len(pairs) < count for pairs in found.values()):
        a = dice.choice(usual)
        rings = near.rings(a)
        for name, ring in zip(found, rings, strict=True):
            far = [b for b in dice.sample(ring, min(40, len(ring))) if near.count[b] < HUB]
            if far and len(found[name]) < count:
                found[name].append((a, dice.choice(far)))
    through = [near.of(dice.choice(hubs)) for _ in range(count)]
    found["through a hub"] = [tuple(dice.sample(sorted(ring), 2)) for ring in through]  # type: ignore[misc]
    found["from a hub"] = [(dice.choice(hubs), dice.choice(usual)) for _ in range(count)]
    found["to a hub"] = [(dice.choice(usual), dice.choice(hubs)) for _ in range(count)]
    found["hub to hub"] = [tuple(dice.sample(hubs, 2)) for _ in range(count)]  # type: ignore[misc]
    return found


class Neighbours:
    """Who is tied to whom, for telling how far apart two are."""

    def __init__(self, world: World) -> None:
        order = np.argsort(world.here, kind="stable")
        self.there = world.there[order]
        self.count = np.bincount(world.here, minlength=world.actors)
        self.start = np.cumsum(self.count) - self.count
        self.actors = world.actors

    def of(self, actor: int) -> list[int]:
        here = slice(self.start[actor], self.start[actor] + self.count[actor])
        return [int(at) for at in self.there[here] if self.count[at] < HUB]

    def rings(self, actor: int) -> list[list[int]]:
        """Those exactly two, three, four steps away; and further."""
        seen = np.zeros(self.actors, bool)
        seen[actor] = True
        edge, rings = np.array([actor]), []
        for _ in range(4):
            near = [self.there[self.start[at] : self.start[at] + self.count[at]] for at in edge]
            edge = np.unique(np.concatenate(near)) if near else edge
            edge = edge[~seen[edge]]
            seen[edge] = True
            rings.append(edge.tolist())
        return [*rings[1:], np.flatnonzero(~seen).tolist()]


class Asked:
    """The ways that are ours, each answering three routes; every way warms up before it counts."""

    def __init__(self, driver: AsyncDriver, address: Address, world: World) -> None:
        self.driver, self.address, self.world = driver, address, world
        self.snapshots = Snapshots(driver, address.database, least=0)

    def reader(self) -> Reader:
        return Reader(self.driver, self.address.database, STEWARD, seconds=60)

    async def cypher(self, a: int, b: int) -> list[Route] | None:
        """As `pathways` asks it: how many ties the ends have, then the routes; None: stopped."""
        reader, start, end = self.reader(), self.world.uid(a), self.world.uid(b)
        rows = await reader.rows("pathways/ends", uids=[start, end], me=None)
        ends = {row["uid"]: row for row in rows}
        search = Search(reader, start, [end], 4, 3)
        try:
            return await search.run(ends[start]["outward"], ends[end]["inward"])
        except TookTooLong:
            return None

    async def memory(self, a: int, b: int) -> list[Route]:
        view = await self.snapshots.view(self.reader())
        assert view, "it is built, and nobody writes"
        return view.routes(self.world.uid(a), [self.world.uid(b)], 4, 3)

    async def build(self) -> None:
        """Read the ties into memory, and say what that takes."""
        before, began = psutil.Process().memory_info().rss, time.monotonic()
        snapshot = self.snapshots.of(STEWARD)
        await snapshot.view(self.reader())
        assert snapshot._building
        await snapshot._building
        await snapshot.view(self.reader())
        grown = (psutil.Process().memory_info().rss - before) / 1e6
        took = time.monotonic() - began
        print(f"read into memory in {took:.1f} s: {snapshot.size / 1e6:.0f} MB", end="")
        print(f" (the process grew by {grown:.0f})")


async def timed(ask: Callable[[int, int], Awaitable[Any]], pairs: list[Pair]) -> tuple[Took, Any]:
    for a, b in pairs[:WARM]:
        await ask(a, b)
    took, answers, before = Took([]), [], busy()
    for a, b in pairs:
        began = time.perf_counter()
        answers.append(await ask(a, b))
        if answers[-1] is None:
            took.stopped += 1
        else:
            took.times.append((time.perf_counter() - began) * 1000)
    took.worked = (busy() - before) * 1000
    return took, answers


def busy() -> float:
    """Processor seconds of this process and the server: what a busy machine does not blur."""
    times = psutil.Process(status.look().pid).cpu_times()
    return time.process_time() + float(times.user + times.system)


async def compare(address: Address, world: World, how: argparse.Namespace) -> None:
    async with open_driver(address) as driver:
        asked, found = Asked(driver, address, world), classes(world, how.pairs)
        await asked.build()
        print("processor ms a question, then median/p95 ms by the clock")
        print(f"{'three routes':16}{'Cypher':>24}{'memory':>24}")
        best: dict[str, list[float]] = {}
        for name, pairs in found.items():
            (one, by_cypher), (other, by_memory) = [
                await timed(way, pairs) for way in (asked.cypher, asked.memory)
            ]
            equal(by_cypher, by_memory)
            best[name] = [routes[0].score if routes else 0.0 for routes in by_memory]
            print(f"{name:16}{one!s:>24}{other!s:>24}", flush=True)
        if how.peers:
            await peers(asked, found, best, how)


def equal(one: list[list[Route] | None], other: list[list[Route]]) -> None:
    for mine, theirs in zip(one, other, strict=True):
        if mine is None:
            continue
        assert [r.uids for r in mine] == [r.uids for r in theirs], (mine, theirs)
        assert all(abs(m.score - t.score) < 2e-12 for m, t in zip(mine, theirs, strict=True))


async def peers(
    asked: Asked, found: Classes, best: dict[str, list[float]], how: argparse.Namespace
) -> None:
    """One route by each of the others; rustworkx is asked for more pairs, and must agree."""
    networkx, rustworkx = Networkx(asked.world), Rustworkx(asked.world)
    uid, checked = asked.world.uid, 0
    heads = ("obvious Cypher", "ACYCLIC, allReduce", "networkx", "rustworkx")
    print(f"\n{'one route':16}" + "".join(f"{head:>26}" for head in heads))
    for name, pairs in found.items():
        floor = dict(zip(pairs, best[name], strict=True))
        some, told = pairs[: how.peers], []
        for text in (OBVIOUS, PRUNED):
            ways = [(text, {"from": uid(a), "to": uid(b)}, floor[a, b]) for a, b in some]
            took = Took([])
            for statement, ends, least in ways:
                more = {"floor": max(least, 1e-6) * (1 - 1e-9)} if statement == PRUNED else {}
                began = time.perf_counter()
                score = await cypher(asked.driver, statement, **ends, **more)
                if score is None:
                    took.stopped += 1
                    continue
                took.times.append((time.perf_counter() - began) * 1000)
                assert abs(score - least) < 1e-9, (statement, ends, score, least)
            told.append(took)
        told.append((await timed(in_process(networkx.best), some))[0])
        checks = pairs[: max(how.checked, how.peers)]
        took, scores = await timed(in_process(rustworkx.best), checks)
        told.append(took)
        for pair, score in zip(checks, scores, strict=True):
            assert abs(score - floor[pair]) < 1e-9, (pair, score, floor[pair])
        checked += len(checks)
        print(f"{name:16}" + "".join(f"{took!s:>26}" for took in told), flush=True)
    print(
        f"\n{checked} pairs agree with rustworkx, {sum(map(len, found.values()))} with each other"
    )


def in_process(ask: Callable[[int, int], float]) -> Callable[[int, int], Awaitable[float]]:
    async def asked(a: int, b: int) -> float:
        return ask(a, b)

    return asked


@contextmanager
def field(how: argparse.Namespace) -> Iterator[tuple[Address, World]]:
    """The invented field in a server of its own; the same folder holds the same field."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(how.home or folder)
        os.environ.pop("TIELINE_NEO4J_URI", None)
        address, world = find(), big.draw(how.actors, how.ties, seed=1)
        try:
            with Graph(address) as graph:
                there = graph.read("database/anything")
            if not there:
                began = time.monotonic()
                big.write(address, world)
                print(f"written by UNWIND ... CREATE in {time.monotonic() - began:.0f} s")
            yield address, world
        finally:
            server.stop()


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, value in (("actors", 100_000), ("ties", 1_000_000)):
        said.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("pairs", 25), ("checked", 25), ("peers", 3)):
        said.add_argument(f"--{name}", type=int, default=value)
    said.add_argument("--home", type=Path)
    how = said.parse_args()
    with field(how) as (address, world):
        hubs = int((np.bincount(world.here) >= HUB).sum())
        print(f"{world.actors:,} actors, {len(world.here):,} ties, {hubs} hubs", end="; ")
        print("load", " ".join(f"{each:.1f}" for each in os.getloadavg()))
        asyncio.run(compare(address, world, how))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"\nload then {os.getloadavg()[0]:.1f}; peak of this process {peak:.0f} MB", end="")
        print(f", server {psutil.Process(status.look().pid).memory_info().rss / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
