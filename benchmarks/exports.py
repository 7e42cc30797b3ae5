"""Exports: a million ties in flat memory, at what rate beside networkx's own writers.

Claim (docs/exports.md): memory grows with the actors, not with the ties; no format is slower than
networkx's writer of it.

    python benchmarks/exports.py [--ties 1000000] [--actors 100000] [--networkx 100000] [FORMAT ...]
    python benchmarks/exports.py --server --ties 200000 --actors 40000     from a Neo4j of its own

Without --server the ties are made as they are asked for and written to a file: what is measured is
the format alone. With it everything is: a field written into a server, read and written by the
same code as `tieline export`. Each format is a process of its own. networkx is given as many ties
as --networkx says, in its own graph, which it needs in memory. Prints Markdown: ties a second of
processor time, memory (RSS) once the actors are written, and how much more at the peak of the ties;
ends with 1 if that is over GROWTH.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import big
import networkx
import psutil

from tieline.database import server
from tieline.database.address import find
from tieline.database.reader import Reader, open_driver
from tieline.exports.drawn import About, Drawing, Given, Thing, Tie
from tieline.exports.read import asked
from tieline.exports.written import FORMATS, form, stream
from tieline.schema.consent import STEWARD, Viewer

GROWTH, PAGE = 40, 5_000  # MB; ties at once, as they are read
KINDS = ["closeness", "joint_work"]
ABOUT = About((Given("Nobody's", None, "CC0", None),), 0, "2026-11-21", "0", "anonymous", "a field")
ME = psutil.Process()


@dataclass(frozen=True)
class Made:
    """A field that is made as it is asked for."""

    actors: int
    lines: int
    about: About = ABOUT

    async def things(self) -> AsyncIterator[Sequence[Thing]]:
        for at in range(0, self.actors, 1_000):
            yield [_thing(n) for n in range(at, min(at + 1_000, self.actors))]

    async def ties(self) -> AsyncIterator[Sequence[Tie]]:
        for at in range(0, self.lines, PAGE):
            yield [_tie(n, self.actors) for n in range(at, min(at + PAGE, self.lines))]


def _thing(n: int) -> Thing:
    name = f"Łucja Invented-{n} & Co"
    return Thing(f"p-{n:07}", name, "person", None, None, None, [], ["Leeds"], ["belonging", "tea"])


def _tie(n: int, actors: int) -> Tie:
    a, b = f"p-{n % actors:07}", f"p-{(n * 31 + n // actors + 1) % actors:07}"
    said = ("thick", KINDS, "2026-05-01")
    return Tie(f"{a}~{b}", a, b, "tie", False, 3.0, *said)


async def measured(name: str, drawing: Drawing, file: Path) -> dict[str, float]:
    """Written to a file: processor seconds and memory."""
    began, before, peak = time.process_time(), 0.0, 0.0
    things_done = False
    with file.open("wb") as out:
        written = form(name)(drawing.about)
        middle = written.middle

        def noted() -> bytes:
            nonlocal things_done
            things_done = True
            return middle()

        written.middle = noted  # type: ignore[method-assign]
        async for piece in stream(written, drawing):
            out.write(piece)
            now = ME.memory_info().rss / 1e6
            before, peak = (before, max(peak, now)) if things_done else (now, now)
    seconds = time.process_time() - began
    return {"seconds": seconds, "before": before, "peak": peak, "size": file.stat().st_size / 1e6}


async def drained(drawing: Drawing) -> float:
    """Processor seconds that making the things and ties takes: no part of writing them."""
    began = time.process_time()
    async for _ in drawing.things():
        pass
    async for _ in drawing.ties():
        pass
    return time.process_time() - began


def of_server(name: str, file: Path) -> dict[str, float]:
    """As a steward, from the server whose address is in the environment."""

    async def whole() -> dict[str, float]:
        address = find()
        async with open_driver(address) as driver:
            reader = Reader(driver, address.database, Viewer(STEWARD), seconds=600)
            drawing = await asked(reader, {})
            return await measured(name, drawing, file) | {"ties": float(drawing.tied)}

    return asyncio.run(whole())


def child(given: argparse.Namespace, name: str) -> dict[str, float]:
    """One format in a process of its own."""
    line = [sys.executable, __file__, "--only", name, "--ties", str(given.ties)]
    line += ["--actors", str(given.actors)] + ["--server"] * given.server
    told = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def only(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map"
        if given.server:
            found = of_server(given.only, file)
        else:
            drawing = Made(given.actors, given.ties)
            making = asyncio.run(drained(drawing))
            found = asyncio.run(measured(given.only, drawing, file)) | {"ties": given.ties}
            found["seconds"] -= making
    json.dump(found, sys.stdout)


def peers(ties: int, actors: int) -> Iterator[tuple[str, float]]:
    """(format, processor seconds) of networkx's own writers, on the same things and ties."""
    graph: Any = networkx.Graph()
    for n in range(actors):
        thing = _thing(n)
        graph.add_node(thing.uid, label=thing.name, kind=thing.kind, themes="belonging|tea")
    for n in range(ties):
        tie = _tie(n, actors)
        more = {"kind": tie.kind, "weight": tie.weight, "thickness": "thick", "seen": tie.seen}
        graph.add_edge(tie.start, tie.end, evidence="closeness|joint_work", **more)
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("gexf", networkx.write_gexf), ("graphml", networkx.write_graphml),
                            ("graphology", _node_link)):  # fmt: skip
            began = time.process_time()
            write(graph, Path(folder) / name)
            yield name, time.process_time() - began


def _node_link(graph: Any, file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        json.dump(networkx.node_link_data(graph, edges="edges"), out)


def planted(ties: int, actors: int) -> None:
    """A field in a server of its own: each pair has a tie each way."""
    os.environ["TIELINE_HOME"] = os.environ.get("TIELINE_HOME") or tempfile.mkdtemp()
    big.write(find(), big.draw(people=actors, ties=2 * ties, seed=1))


def table(given: argparse.Namespace) -> bool:
    """Whether memory stayed flat."""
    rival = {}
    if given.networkx:
        some = max(1, given.actors * given.networkx // given.ties)
        rival = {name: given.networkx / spent for name, spent in peers(given.networkx, some)}
    print("| format | ties a second | networkx | times | MB written | RSS | more at the peak |")
    print("|---|---|---|---|---|---|---|")
    flat = True
    for name in given.formats or FORMATS:
        found = child(given, name)
        rate, more = found["ties"] / found["seconds"], found["peak"] - found["before"]
        flat &= more <= GROWTH
        beside = rival.get(name)
        told = f"{beside:,.0f} | {rate / beside:.1f}" if beside else " | "
        print(f"| {name} | {rate:,.0f} | {told} | {found['size']:.0f} | {found['before']:.0f} MB "
              f"| {more:.0f} MB |", flush=True)  # fmt: skip
    return flat


def main() -> int:
    given = arguments()
    if given.only:
        only(given)
        return 0
    load = os.getloadavg()[0]
    print(f"{given.ties:,} ties, {given.actors:,} actors; load {load:.1f}; processor seconds\n")
    if not given.server:
        return int(not table(given))
    planted(given.ties, given.actors)
    try:
        return int(not table(given))
    finally:
        server.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=100_000)
    parser.add_argument("--networkx", type=int, default=100_000)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
