"""Parallel effort over the whole field, what is like a draft, and how alike texts are best told.

    python benchmarks/effort.py scale [--projects 10000 30000 100000] [--dense]
    python benchmarks/effort.py words [--projects 20000]
    python benchmarks/effort.py funders [--pairs 10]

scale: an invented field (effort_data.py) in a server of its own, from Neo4j to the ranked pairs:
seconds by the clock, processor seconds here and of the server, pairs compared, memory; then
similarProjects, first and warm. Areas grow with the projects, as a field does that takes in more of
a country; --dense keeps 380 however many projects. words: other-word pairs planted in an invented
field, found among the first five by each method. funders: the two funders' grants, tagged by
UK-CAT's rules, the ten best pairs of all and across the two, by each method. Reads shared/data
(--data FOLDER); prints Markdown. Nothing is left behind.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import effort_data
import effort_funders
import effort_rivals
import psutil

from tieline.database import server, status
from tieline.database.address import Address, find
from tieline.database.reader import Reader, open_driver
from tieline.queries.answers.kept import forget_all
from tieline.queries.duplicates.ask import duplicates
from tieline.queries.duplicates.parallel import LOOKED, best
from tieline.queries.duplicates.read import read
from tieline.queries.duplicates.similar import Draft, similar
from tieline.schema.consent import Viewer

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
SIZES, AREAS, EACH = [10_000, 30_000, 100_000], 380, 263  # projects an area, if not dense
WARM = 20
Work = Callable[[], Awaitable[Any]]


def main() -> None:
    how = arguments()
    if not (how.data / "partners").is_dir():
        print(f"skipped: {how.data} is not here; name the folder or set TIELINE_SHARED_DATA")
        return
    os.environ.pop("TIELINE_NEO4J_URI", None)
    os.environ["TIELINE_TODAY"] = "2026-11-21"
    if how.what == "words":
        effort_rivals.planted(how.data, how.projects[-1])
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(Path(folder) / "home")
        try:
            if how.what == "funders":
                asyncio.run(effort_funders.compare(how.data, how.pairs))
            else:
                scale(how)
        finally:
            server.stop()


def arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    told.add_argument("what", choices=["scale", "words", "funders"])
    told.add_argument("--projects", type=int, nargs="+", default=SIZES)
    told.add_argument("--pairs", type=int, default=10)
    told.add_argument("--dense", action="store_true")
    data = os.environ.get("TIELINE_SHARED_DATA")
    told.add_argument("--data", type=Path, default=Path(data) if data else SHARED)
    return told.parse_args()


def scale(how: argparse.Namespace) -> None:
    print(f"Load when it began: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores.\n")
    heads = ("projects", "areas", "step", "seconds", "processor s", "server s", "pairs", "memory")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    for projects in how.projects:
        areas = AREAS if how.dense else max(9, projects // EACH)
        server.wipe()
        address = server.start()
        effort_data.write(address, effort_data.draw(how.data, projects, areas, seed=1))
        asyncio.run(measured(find() if address is None else address, projects, areas))


async def measured(address: Address, projects: int, areas: int) -> None:
    async with open_driver(address) as driver:

        def reader() -> Reader:
            return Reader(driver, address.database, Viewer(1), seconds=60)

        async def indexed() -> Any:
            forget_all()
            return await read(reader())

        async def searched() -> Any:
            return best(index, index.comparable.nonzero()[0], LOOKED)

        def row(*cells: Any) -> None:
            print(f"| {projects:,} | {areas} | {' | '.join(map(str, cells))} |", flush=True)

        index, *took = await timed(indexed)
        row("read, made into arrays (plans too)", *took, "", memory())
        (_, allowed), *took = await timed(searched)
        row("best pairs", *took, f"{allowed.compared:,}", memory())
        forget_all()
        answer, *took = await timed(lambda: duplicates(reader(), "parallel-effort"))
        row("the whole answer", *took, "cut" if answer["passed_over"] else "all", memory())
        await drafts(reader, index, row)


async def drafts(reader: Callable[[], Reader], index: Any, row: Callable[..., None]) -> None:
    """similarProjects: first of a version, and warm, of drafts like what is there."""
    forget_all()
    draft = drafted(index, 7)
    _, *took = await timed(lambda: similar(reader(), draft))
    row("similarProjects, the first of a version", *took, "", memory())
    clocks = []
    for at in range(WARM):
        one = drafted(index, at * 101 % len(index.uids))
        began = time.perf_counter()
        await similar(reader(), one)
        clocks.append((time.perf_counter() - began) * 1000)
    clocks.sort()
    told = f"median {clocks[WARM // 2]:.0f} ms, slowest of {WARM} {clocks[-1]:.0f} ms"
    row("similarProjects, warm", told, "", "", "", "")


def drafted(index: Any, at: int) -> Draft:
    """A draft in the words of a project: its themes and places, another time and lead."""
    side = index.side(at)
    words = index.texts.rows[[at]].indices[:12].tolist()
    text = " ".join(index.texts.words[word] for word in words)
    lead = index.links["LEADS"].of((at + 1) % len(index.uids))[0]
    starts, ends = date(2026, 12, 1), date(2027, 11, 30)
    return Draft("Invented", text, tuple(side.themes), tuple(side.places), starts, ends, lead)


async def timed(work: Work) -> tuple[Any, str, str, str]:
    """(answer, seconds, processor seconds here, of the server)."""
    began, mine, other = time.perf_counter(), time.process_time(), busy()
    answer = await work()
    took = (time.perf_counter() - began, time.process_time() - mine, busy() - other)
    return (answer, *(f"{each:.1f}" for each in took))  # type: ignore[return-value]


def busy() -> float:
    """Processor seconds of the server."""
    times = psutil.Process(status.look().pid).cpu_times()
    return float(times.user + times.system)


def memory() -> str:
    return f"{psutil.Process().memory_info().rss / 1e6:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
