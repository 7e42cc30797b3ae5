"""Bridges and brokers of a whole field: ours from Neo4j to the ranked answer, and the libraries'.

    python benchmarks/bridges.py [--ties 100000] [--actors 40000] [--times 3] [--home FOLDER]
    python benchmarks/bridges.py --ties 1000000 --actors 400000      # some minutes, 3 GB of disk

An invented field in a server of its own: most ties near, some far, twenty hubs of hundreds. In one
run, so that ratios mean something: reading alone (the same statement, its columns as the driver
gives them), each library alone on pairs of numbers that are in memory already (without the time it
takes to make its graph), and ours from the server to the cuts that are told: read, cut, ranked,
told with names and second links. igraph, where it is at hand (GPL: never a dependency). Median
seconds by the clock, and processor seconds of this process and of the server. networkx is asked of
fields of up to MIDDLING ties; its constraint and betweenness are of a few actors only, and told for
all by rule of three. Prints Markdown.
"""

import argparse
import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import big
import networkx
import numpy as np
import psutil
import rustworkx
from big import World
from neo4j import AsyncDriver

from tieline.database import server, status
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.reader import Reader, open_driver
from tieline.queries.answers.kept import forget_all
from tieline.queries.bridges.ask import _told, bridges
from tieline.queries.bridges.between import between
from tieline.queries.bridges.brokers import brokers
from tieline.queries.bridges.cut import cuts_of
from tieline.queries.bridges.field import Field, of_columns
from tieline.queries.bridges.measures import measures
from tieline.queries.bridges.paged import paged
from tieline.queries.bridges.part import _read
from tieline.queries.bridges.sure import Sure, drawn
from tieline.schema.consent import Viewer

SMALL = 10_000  # ties of the field whose draws are timed by themselves
FEW, STARTS = 20, 5  # actors and starts of networkx
HUB = 100  # ties
MIDDLING = 200_000  # ties, beyond which networkx takes minutes
SHOWN = 1_000  # cuts told of
Work = Callable[[], Awaitable[Any]]


@dataclass
class Bench:
    """One run. `rows`: what took how long, and of how much."""

    driver: AsyncDriver
    address: Address
    times: int
    rows: list[tuple[str, float, float, float, str]] = field(default_factory=list)

    def reader(self) -> Reader:
        return Reader(self.driver, self.address.database, Viewer(1), seconds=600)

    async def timed(self, name: str, work: Work, times: int = 0, of: float = 1.0) -> Any:
        """The last answer. `of`: how many times as much all of it is."""
        clocks, own, theirs, answer = [], [], [], None
        before = psutil.Process().memory_info().rss
        for _ in range(times or self.times):
            began, mine, other = time.perf_counter(), time.process_time(), busy()
            answer = await work()
            clocks.append((time.perf_counter() - began) * of)
            own.append((time.process_time() - mine) * of)
            theirs.append((busy() - other) * of)
        grown = (psutil.Process().memory_info().rss - before) / 1e6
        seconds, mine, other = (statistics.median(each) for each in (clocks, own, theirs))
        told = f"{seconds:.2f} s, processor {mine:.2f} here, {other:.2f} server, {grown:.0f} MB"
        print(f"{name}: {told}", file=sys.stderr, flush=True)
        self.rows.append((name, seconds, mine, other, f"{max(0.0, grown):.0f} MB"))
        return answer


def draw(actors: int, ties: int) -> World:
    """Both directions of each pair, as `TIE` has them."""
    dice = np.random.default_rng(1)
    hubs = dice.integers(0, actors, 20)
    found = [np.stack([np.repeat(hubs, ties // 200), dice.integers(0, actors, 20 * (ties // 200))])]
    for share, reach in ((0.75, 30), (0.25, 1_000), (0.15, actors // 2)):
        start = dice.integers(0, actors, int(share * ties))
        away = dice.integers(-reach, reach, len(start))
        found.append(np.stack([start, (start + away) % actors]))
    pairs = np.sort(np.concatenate(found, axis=1).T, axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    pairs = pairs[np.sort(dice.permutation(len(pairs))[:ties])]
    here, there = np.concatenate([pairs, pairs[:, ::-1]]).T
    step = np.tile(dice.beta(2.0, 3.0, len(pairs)).round(3).clip(0.01), (4, 2))
    return World(here, there, step, np.ones(actors), np.ones(actors, dtype=bool))


def busy() -> float:
    """Processor seconds of the server."""
    times = psutil.Process(status.look().pid).cpu_times()
    return float(times.user + times.system)


def rustworkx_cuts(actors: int, pairs: list[tuple[int, int]]) -> Callable[[], tuple[int, int]]:
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(actors))
    graph.add_edges_from_no_data(pairs)
    return lambda: (len(rustworkx.bridges(graph)), len(rustworkx.articulation_points(graph)))


def networkx_cuts(actors: int, pairs: list[tuple[int, int]]) -> Callable[[], tuple[int, int]]:
    graph = networkx.Graph(pairs)

    def count() -> tuple[int, int]:
        points = len(set(networkx.articulation_points(graph)))
        return sum(1 for _ in networkx.bridges(graph)), points

    return count


def igraph_cuts(actors: int, pairs: list[tuple[int, int]]) -> Callable[[], tuple[int, int]]:
    import igraph  # type: ignore[import-not-found,unused-ignore]

    graph = igraph.Graph(n=actors, edges=pairs)
    return lambda: (len(graph.bridges()), len(graph.articulation_points()))


LIBRARIES = {"rustworkx": rustworkx_cuts, "igraph": igraph_cuts, "networkx": networkx_cuts}


def at_hand(ties: int) -> list[str]:
    """networkx takes minutes of a large field."""
    here = [name for name in LIBRARIES if find_spec(name)]
    return [name for name in here if name != "networkx" or ties <= MIDDLING]


async def cutting(bench: Bench) -> tuple[Field, dict[str, float]]:
    """Reading alone, libraries alone, ours from the server to what is told; how they compare."""

    async def columns() -> Any:
        names = {name: name for name in ("step", "likely", "kinds", "label")}
        pages = paged(bench.reader(), "bridges/ties", "reading", **names, labels=None)
        return [page async for page in pages]

    async def ours() -> Any:
        found = await _read(bench.reader(), None)
        cut = cuts_of(found)
        sure = Sure(cut, np.ones(len(cut)), 1)  # drawn by itself, below
        return found, cut, await _told(bench.reader(), sure, SHOWN)

    await columns()  # a plan is made once
    told = await bench.timed("reading alone", columns)
    here, there, likely = ([x for c in told for x in c[key]] for key in ("here", "there", "likely"))
    made = of_columns(here, there, likely)
    del told, here, there, likely
    counts = {}
    pairs = [(a, b) for a, b in made.ends.tolist()]
    for name in at_hand(len(pairs)):
        ready = LIBRARIES[name](len(made.uids), pairs)
        counts[name] = await bench.timed(name, of(ready))
    del pairs
    await bench.timed("ours: cut and ranked, from arrays", of(lambda: cuts_of(made)))
    found, cut, rows = await bench.timed(OURS, ours)
    ends = [int((cut.ends[:, 1] >= 0).sum()), int((cut.ends[:, 1] < 0).sum())]
    assert all(list(each) == ends for each in counts.values()), (counts, ends)
    print(f"{ends[0]:,} bridges, {ends[1]:,} cut points; {len(rows):,} told.\n")
    took = {name: clock for name, clock, *_ in bench.rows}
    return found, {name: took[OURS] / (took["reading alone"] + took[name]) for name in counts}


OURS = "ours: read, cut, ranked, told"


def of(work: Callable[[], Any]) -> Work:
    async def done() -> Any:
        return work()

    return done


async def standing(bench: Bench, made: Field) -> None:
    """Constraint and betweenness: ours for all, networkx's of a few."""
    actors, ends = len(made.uids), made.ends
    graph = networkx.Graph(ends.tolist()) if len(ends) <= MIDDLING else networkx.Graph()
    usual = np.flatnonzero(np.bincount(ends.ravel()) < HUB)  # of a hub it takes minutes
    few = np.random.default_rng(1).choice(usual, FEW, replace=False).tolist()
    mine = await bench.timed("ours: constraint, size of all", of(lambda: measures(actors, ends)))
    if graph:
        work = of(lambda: networkx.constraint(graph, nodes=few))
        theirs = await bench.timed("networkx: constraint (of all, by rule)", work, 1, actors / FEW)
        assert all(abs(theirs[at] - mine.constraint[at]) < 1e-9 for at in few)
    if find_spec("igraph"):
        await igraph_constraint(bench, actors, ends, mine.constraint)
    name = "ours: betweenness of actors and ties"
    found = await bench.timed(name, of(lambda: between(actors, ends)), 1)
    starts = found.starts or actors
    if graph:
        work = of(lambda: networkx.betweenness_centrality(graph, k=STARTS, seed=1))
        await bench.timed("networkx: of actors (as many starts, by rule)", work, 1, starts / STARTS)
    off = f"may be off by {found.error:.4f}" if found.starts else "exact"
    print(f"Betweenness from {starts:,} of {actors:,} starts: {off}.\n")


async def igraph_constraint(bench: Bench, actors: int, ends: Any, ours: Any) -> None:
    import igraph  # type: ignore[import-not-found,unused-ignore]

    made = igraph.Graph(n=actors, edges=ends.tolist())
    theirs = await bench.timed("igraph: constraint of all", of(made.constraint), 1)
    assert np.allclose(theirs, ours, atol=1e-9, equal_nan=True)


async def compare(address: Address, how: argparse.Namespace) -> None:
    load = os.getloadavg()[0]
    async with open_driver(address) as driver:
        bench = Bench(driver, address, how.times)
        made, ratios = await cutting(bench)
        few = len(made.ends) // SMALL or 1
        small = of_columns(*columns_of(made, few))
        await bench.timed(
            f"ours: {len(small.ends):,} ties drawn 200 times", of(lambda: drawn(small)), 1
        )
        await standing(bench, made)
        await bench.timed("bridges: the whole answer, drawn", lambda: bridges(bench.reader()), 1)
        forget_all()
        name = "bridges: by a second process, from disk"
        await bench.timed(name, lambda: bridges(bench.reader()), 1)
        await bench.timed("brokers: the whole answer", lambda: brokers(bench.reader()), 1)
        await bench.timed("bridges again, kept", lambda: bridges(bench.reader()))
        await bench.timed("brokers again, kept", lambda: brokers(bench.reader()))
        show(bench, made, ratios, load)


def columns_of(made: Field, part: int) -> tuple[list[str], list[str], list[float]]:
    """The ties among the first actors: one in `part`, or about."""
    rows = made.ends[: len(made.ends) // part]
    here, there = ([made.uids[at] for at in rows[:, end].tolist()] for end in (0, 1))
    return here, there, made.likely[: len(rows)].tolist()


def show(bench: Bench, made: Field, ratios: dict[str, float], load: float) -> None:
    arrays = (made.ends.nbytes + made.likely.nbytes) / 1e6
    print(f"{len(made.uids):,} actors, {len(made.ends):,} ties: {arrays:.1f} MB kept in arrays. ")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"At most {peak:.0f} MB in this process, libraries' graphs included. ")
    print(f"Load {load:.1f} to {os.getloadavg()[0]:.1f}.\n")
    print(
        "| | seconds | processor s here | processor s server | memory grew |\n|---|---|---|---|---|"
    )
    for name, clock, mine, other, grown in bench.rows:
        print(f"| {name} | {clock:.2f} | {mine:.2f} | {other:.2f} | {grown} |")
    for name, ratio in ratios.items():
        print(f"\nFrom Neo4j to what is told: {ratio:.2f} x (reading alone + {name}).")


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, value in (("actors", 40_000), ("ties", 100_000), ("times", 3)):
        said.add_argument(f"--{name}", type=int, default=value)
    said.add_argument("--home", type=Path)
    how = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(how.home or folder)
        os.environ.pop("TIELINE_NEO4J_URI", None)
        address = find()
        try:
            with Graph(address) as graph:
                there = graph.read("database/anything")
            if not there:  # both directions of each pair are written
                big.write(address, draw(how.actors, how.ties))
            asyncio.run(compare(address, how))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
