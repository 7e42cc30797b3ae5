"""A load that is killed again and again, and a database that is, against one left in peace.

Claim (design `reliability.md` 1 and 2): a load of 100,000 rows, killed at 50 points drawn from a
seed and run again after each, ends with nothing lost and nothing doubled: the hash of the graph and
the count of rows are those of a load that nobody disturbed. So it does when the database is killed
at 20 points. Running the same command again is all the resuming there is.

    python benchmarks/kills.py [--rows N] [--size ROWS] [--kills N] [--deaths N] [--seed N]

Grants of invented funders to invented organisations, which meet again and again. SIGKILL each time.
Runs on a server of its own in a temporary folder, and leaves nothing behind.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil

from tieline.database import server
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.database.install import install
from tieline.errors import TielineError
from tieline.queries.hash.hash import graph_hash

SOURCE = "invented"
FUNDERS, TAKERS, DISTRICTS = 40, 20_000, 300
WORDS = ("Lantern", "Heron", "Saltmarsh", "Copper", "Thistle", "Harbour", "Kettle", "Orchard")
SORTS = ("Trust", "Kitchen", "Collective", "Neighbours", "Workshop", "Circle", "Project", "Choir")
LATE = 1.5  # batches' time after the row was reached, at most
PATIENCE = 3600.0
LOAD = """
from tieline.cli.main import main
from tieline.loaders.journal import load_rows
load_rows.__kwdefaults__["size"] = {size}
main()
"""


@dataclass(frozen=True)
class End:
    """What a chain of loads left."""

    hash: str
    rows: int
    seconds: float
    kills: int


def main() -> None:
    asked = argparse.ArgumentParser()
    usual = {"rows": 100_000, "size": 1000, "kills": 50, "deaths": 20, "seed": 11}
    for name, figure in usual.items():
        asked.add_argument(f"--{name}", type=int, default=figure)
    said = asked.parse_args()
    os.environ.pop("TIELINE_NEO4J_URI", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(Path(folder) / "home")
        try:
            path = Path(folder) / "grants.json"
            write(path, said.rows, Random(said.seed))
            if not compare(path, said):
                sys.exit("not equal")
        finally:
            server.stop()


def compare(path: Path, said: argparse.Namespace) -> bool:
    """Whether both chains end as the load in peace does."""
    peace = chain(path, said.size, [], kill_loader)
    batch = peace.seconds * said.size / said.rows
    print(
        f"in peace: {said.rows} rows in {peace.seconds:.0f} s, hash {peace.hash[:12]}", flush=True
    )
    equal = peace.rows == said.rows
    for what, count, kill in (
        ("loader", said.kills, kill_loader),
        ("database", said.deaths, kill_database),
    ):
        rng = Random(f"{said.seed} {what}")
        points = sorted(
            (rng.randrange(said.rows - said.size), rng.uniform(0, LATE * batch))
            for _ in range(count)
        )
        end = chain(path, said.size, points, kill) if points else peace
        same = (end.hash, end.rows) == (peace.hash, peace.rows)
        print(
            f"{what} killed at {end.kills} of {count} points: {end.rows - said.rows:+} rows, "
            f"hash {'equal' if same else 'NOT EQUAL'}, {end.seconds:.0f} s",
            flush=True,
        )
        equal = equal and same
    return equal


def write(path: Path, rows: int, rng: Random) -> None:
    """A 360Giving file, row by row."""
    with path.open("w", encoding="utf-8") as out:
        out.write('{"grants": [\n')
        for n in range(rows):
            out.write((",\n" if n else "") + json.dumps(grant(n, rng)))
        out.write("\n]}\n")


def grant(n: int, rng: Random) -> dict[str, object]:
    taker = int(TAKERS * rng.random() ** 2)  # some are given much
    funder = int(FUNDERS * rng.random() ** 3)
    name = f"{WORDS[taker % 8]} {WORDS[taker // 8 % 8]} {SORTS[taker // 64 % 8]} {taker}"
    year, month, day = 2015 + n % 10, 1 + taker % 12, 1 + n % 28
    return {
        "id": f"360G-invented-{n:07}",
        "title": f"Grant {n} to {name}",
        "description": f"Invented: the {rng.choice(WORDS)} evenings of {name}.",
        "currency": "GBP",
        "amountAwarded": 500 + 250 * rng.randrange(400),
        "awardDate": f"{year}-{month:02}-{day:02}",
        "recipientOrganization": [{"id": f"GB-CHC-{2_000_000 + taker}", "name": name}],
        "fundingOrganization": [
            {"id": f"GB-CHC-{3_000_000 + funder}", "name": f"{WORDS[funder % 8]} Fund {funder}"}
        ],
        "beneficiaryLocation": [{"name": f"Invented district {rng.randrange(DISTRICTS)}"}],
    }


Kill = tuple[int, float]  # rows that are in, seconds more
Killer = Callable[[subprocess.Popen[bytes]], None]


def chain(path: Path, size: int, points: list[Kill], kill: Killer) -> End:
    """Load from nothing, killed at each point, run again after each, and once to the end."""
    left, done = list(points), 0
    with Graph(server.start()) as graph:
        install(graph)
    began = time.monotonic()
    while True:
        loader = begin(path, size)
        while left and reached(loader, left[0]):
            kill(loader)
            left.pop(0)
            done += 1
        if loader.wait(PATIENCE) == 0:
            break
    took = time.monotonic() - began
    with Graph(server.start()) as graph:
        rows = graph.read("load/source", slug=SOURCE)[0]["rows"]
        end = End(graph_hash(graph), rows, took, done)
    server.wipe()
    return end


def begin(path: Path, size: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", LOAD.format(size=size)]
    said = ["load", str(path), "--source", SOURCE, "--json"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, *said], **quiet)


def reached(loader: subprocess.Popen[bytes], point: Kill) -> bool:
    """Wait until that many rows are in and a little longer; False if the load ended first."""
    rows, late = point
    while loader.poll() is None:
        with suppress(TielineError), Graph(server.start()) as graph:
            while loader.poll() is None:
                found = [row["rows"] for row in graph.read("load/loads")]
                if found and max(found) >= rows:
                    time.sleep(late)
                    return loader.poll() is None
                time.sleep(0.05)
    return False


def kill_loader(loader: subprocess.Popen[bytes]) -> None:
    loader.kill()
    loader.wait()


def kill_database(loader: subprocess.Popen[bytes]) -> None:
    """The load may outlive it, if it is there again in time."""
    serving = Home.current().serving()
    if serving:
        process = psutil.Process(serving.pid)
        process.kill()
        with suppress(psutil.Error):
            process.wait(30)
    server.start()


if __name__ == "__main__":
    main()
