"""Pathways at 1,000,000 ties with hubs of thousands: our Cypher, our snapshot, and everybody else.

    python benchmarks/pathways.py [--only PIECE ...] [--home FOLDER] [--pairs 25] [--level 1]

An invented field (big.py) in a server of its own. By class of pair (how far apart, where the hubs
are): median / 95th percentile of milliseconds by the clock, warm, and of ours the processor
milliseconds a question takes, client and server. Three routes by Cypher and from memory (the check
that it is current included); one route by the obvious Cypher, by Cypher 25 with ACYCLIC and
allReduce, by networkx and by rustworkx in process. Every answer of memory is held against Cypher,
and rustworkx against both. Prints Markdown.

`--level 3` asks as a member, who sees six ties in ten: of ours alone, pairs drawn anew among these.
With `--home` field and results stay: pieces can be run one by one (`--only cypher`), and each run
prints the table of all that is there. `--anew` forgets the results.
"""

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
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
from tieline.errors import DatabaseProblem
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import Viewer

HUB = 1_500
WARM = 300  # questions of memory before the clock runs: the server learns to answer "is it current"
Pair = tuple[int, int]
Classes = dict[str, list[Pair]]


@dataclass
class Took:
    """Milliseconds of each question of a class, how many were stopped, processor time in all."""

    times: list[float] = field(default_factory=list)
    stopped: int = 0
    worked: float = 0.0

    def __str__(self) -> str:
        if not self.times:
            return f"all {self.stopped} stopped" if self.stopped else "-"
        ordered = sorted(self.times)
        late = ordered[math.ceil(0.95 * len(ordered)) - 1]
        said = f"{statistics.median(ordered):.1f} / {late:.1f}"
        each = self.worked / (len(self.times) + self.stopped)
        said += f" ({each:.0f})" if self.worked else ""
        return f"{said}, {self.stopped} stopped" if self.stopped else said


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


@dataclass
class Bench:
    """One run: the field, the questions, and what is known of the answers."""

    driver: AsyncDriver
    address: Address
    world: World
    pairs: Classes
    peers: int
    viewer: Viewer
    results: dict[str, Any]

    def reader(self) -> Reader:
        return Reader(self.driver, self.address.database, self.viewer, seconds=60)

    def floor(self, name: str, at: int) -> float:
        """The score of the best route of this question: memory answers first."""
        return float(self.results["best"][name][at])

    def equal(self, name: str, answers: list[Any]) -> None:
        """One piece of ours against the other, whichever was first."""
        told = [r and [[list(x.uids), round(x.score, 10)] for x in r] for r in answers]
        known = self.results.setdefault("answers", {}).setdefault(name, told)
        for one, other in zip(known, told, strict=True):
            assert None in (one, other) or one == other, (name, one, other)

    async def cypher(self, a: int, b: int) -> list[Route]:
        """As `pathways` asks it: how many ties the ends have, then the routes."""
        reader, start, end = self.reader(), self.world.uid(a), self.world.uid(b)
        rows = await reader.rows("pathways/ends", uids=[start, end], me=None)
        ends = {row["uid"]: row for row in rows}
        search = Search(reader, start, [end], 4, 3)
        return await search.run(ends[start]["outward"], ends[end]["inward"])


async def memory(bench: Bench) -> str:
    """Three routes from memory, read there first. What that takes."""
    snapshots = Snapshots(bench.driver, bench.address.database, least=0)
    before, began = psutil.Process().memory_info().rss, time.monotonic()
    snapshot = snapshots.of(bench.viewer)
    await snapshot.view(bench.reader())
    assert snapshot._building
    await snapshot._building
    took = time.monotonic() - began

    async def ask(a: int, b: int) -> list[Route]:
        view = await snapshots.view(bench.reader())
        assert view, "it is built, and nobody writes"
        return view.routes(bench.world.uid(a), [bench.world.uid(b)], 4, 3)

    for _ in range(WARM):
        await ask(*bench.pairs["two steps"][0])
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    for name, pairs in bench.pairs.items():
        answers = await timed(bench, "memory", name, ask, pairs)
        bench.equal(name, answers)
        best = [routes[0].score if routes else 0.0 for routes in answers]
        bench.results.setdefault("best", {})[name] = best
    return f"{snapshot.size / 1e6:.0f} MB (process + {grown:.0f}), read in {took:.0f} s"


async def ours(bench: Bench) -> str:
    """Three routes by Cypher."""
    for name, pairs in bench.pairs.items():
        bench.equal(name, await timed(bench, "cypher", name, bench.cypher, pairs))
    return f"server {psutil.Process(status.look().pid).memory_info().rss / 1e6:.0f} MB"


async def others(bench: Bench, piece: str, text: str) -> str:
    """One route by another statement; stopped after SECONDS."""
    uid = bench.world.uid
    for name, pairs in bench.pairs.items():
        took = Took()
        for at, (a, b) in enumerate(pairs[: bench.peers]):
            least = bench.floor(name, at)
            more = {"floor": max(least, 1e-6) * (1 - 1e-9)} if text == PRUNED else {}
            began = time.perf_counter()
            score = await cypher(bench.driver, text, **{"from": uid(a)}, to=uid(b), **more)
            if score is None:
                took.stopped += 1
                continue
            took.times.append((time.perf_counter() - began) * 1000)
            assert abs(score - least) < 1e-9, (name, a, b, score, least)
        keep(bench, piece, name, took)
    return "-"


async def library(bench: Bench, piece: str, make: Callable[[World], Any], count: int) -> str:
    """One route by a library in process. What its graph takes."""
    before, began = psutil.Process().memory_info().rss, time.monotonic()
    made = make(bench.world)
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    took = time.monotonic() - began

    async def ask(a: int, b: int) -> float:
        return float(made.best(a, b))

    for name, pairs in bench.pairs.items():
        scores = await timed(bench, piece, name, ask, pairs[:count])
        if piece == "rustworkx":  # the same question: at most four steps
            for at, score in enumerate(scores):
                assert abs(score - bench.floor(name, at)) < 1e-9, (name, at, score)
    return f"{grown:.0f} MB, made in {took:.0f} s"


async def timed(
    bench: Bench,
    piece: str,
    name: str,
    ask: Callable[[int, int], Awaitable[Any]],
    pairs: list[Pair],
) -> list[Any]:
    """Warm first: every question of ours once, of others the first."""
    for a, b in pairs if piece in ("cypher", "memory") else pairs[:1]:
        with suppress(DatabaseProblem):
            await ask(a, b)
    took, answers, before = Took(), [], busy()
    for a, b in pairs:
        began = time.perf_counter()
        try:
            answers.append(await ask(a, b))
            took.times.append((time.perf_counter() - began) * 1000)
        except DatabaseProblem:  # stopped: told as such
            answers.append(None)
            took.stopped += 1
    took.worked = (busy() - before) * 1000 if piece in ("cypher", "memory") else 0.0
    keep(bench, piece, name, took)
    return answers


def keep(bench: Bench, piece: str, name: str, took: Took) -> None:
    print(f"{piece:10} {name:16} {took}", file=sys.stderr, flush=True)
    bench.results.setdefault("told", {}).setdefault(piece, {})[name] = str(took)


def busy() -> float:
    """Processor seconds of this process and the server: what a busy machine does not blur."""
    times = psutil.Process(status.look().pid).cpu_times()
    return time.process_time() + float(times.user + times.system)


PIECES: dict[str, tuple[str, Callable[[Bench], Awaitable[str]]]] = {
    "memory": ("our snapshot", memory),
    "cypher": ("our Cypher", ours),
    "obvious": ("obvious Cypher", lambda bench: others(bench, "obvious", OBVIOUS)),
    "pruned": ("Cypher 25, pruned", lambda bench: others(bench, "pruned", PRUNED)),
    "networkx": ("networkx", lambda bench: library(bench, "networkx", Networkx, bench.peers)),
    "rustworkx": ("rustworkx", lambda bench: library(bench, "rustworkx", Rustworkx, 25)),
}


OURS = ("memory", "cypher")


async def compare(address: Address, world: World, how: argparse.Namespace, kept: Path) -> None:
    results = json.loads(kept.read_text()) if kept.exists() and not how.anew else {}
    found = classes(world.seen(how.level), how.pairs)
    async with open_driver(address) as driver:
        bench = Bench(driver, address, world, found, how.peers, Viewer(how.level), results)
        there = PIECES if how.level == 1 else OURS
        for piece in how.only or [each for each in there if each not in results.get("took", {})]:
            if piece != "memory" and "best" not in results:
                raise SystemExit("Memory answers first: the others are held against it.")
            load = os.getloadavg()[0]
            took = await PIECES[piece][1](bench)
            results.setdefault("took", {})[piece] = took
            results.setdefault("load", {})[piece] = f"{load:.1f} to {os.getloadavg()[0]:.1f}"
            kept.write_text(json.dumps(results))
    show(results, list(found))


def show(results: dict[str, Any], names: list[str]) -> None:
    """What is known so far, as Markdown."""
    there = [piece for piece in PIECES if piece in results.get("took", {})]
    print("\n| pairs | " + " | ".join(PIECES[piece][0] for piece in there) + " |")
    print("|---" * (len(there) + 1) + "|")
    for name in names:
        print(f"| {name} | " + " | ".join(results["told"][piece][name] for piece in there) + " |")
    for head in ("took", "load"):
        said = {"took": "memory", "load": "load"}[head]
        print(f"| {said} | " + " | ".join(results[head][piece] for piece in there) + " |")


@contextmanager
def field_in(how: argparse.Namespace) -> Iterator[tuple[Address, World, Path]]:
    """The invented field in a server of its own; the same folder holds the same field."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(how.home or folder)
        os.environ["TIELINE_HOME"] = str(home)
        os.environ.pop("TIELINE_NEO4J_URI", None)
        address, world = find(), big.draw(how.actors, how.ties, 1, how.reach)
        try:
            with Graph(address) as graph:
                there = graph.read("database/anything")
            if not there:
                began = time.monotonic()
                big.write(address, world)
                print(f"written by UNWIND ... CREATE in {time.monotonic() - began:.0f} s")
            yield address, world, home / f"pathways{how.level}.json"
        finally:
            server.stop()


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    numbers = {"actors": 100_000, "ties": 1_000_000, "pairs": 25, "peers": 3, "level": 1}
    for name, value in numbers.items():
        said.add_argument(f"--{name}", type=int, default=value)
    said.add_argument("--reach", type=float, default=big.NEAR, help="of hubs: a share of the field")
    said.add_argument("--only", nargs="*", choices=list(PIECES), help="these pieces alone")
    said.add_argument("--anew", action="store_true", help="forget the results of earlier runs")
    said.add_argument("--home", type=Path)
    how = said.parse_args()
    with field_in(how) as (address, world, kept):
        hubs = int((np.bincount(world.here) >= HUB).sum())
        print(f"{world.actors:,} actors, {len(world.here):,} ties, {hubs} hubs")
        asyncio.run(compare(address, world, how, kept))


if __name__ == "__main__":
    main()
