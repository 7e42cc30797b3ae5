"""What it costs a load that whoever was erased does not come back, in one run.

Claim: under a fiftieth of the load's processor time, server and client, with nobody erased and with
a thousand people. Prints the ratio: what is spent on asking and comparing, of all that is spent.

    python benchmarks/honouring.py [ROWS]     20,000 organisations of an invented table by default

Runs on a server of its own in a temporary folder, and leaves nothing behind.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from tieline.database import server, status
from tieline.database.address import find
from tieline.database.graph import Graph, Steps
from tieline.database.install import install
from tieline.loaders import batch
from tieline.loaders.change import Said
from tieline.loaders.erasure.honour import honoured
from tieline.loaders.erasure.keys import MARK, Keys, digest
from tieline.loaders.erasure.secret import secret
from tieline.loaders.load import run
from tieline.loaders.refresh import refresh
from tieline.loaders.report import Refusals
from tieline.loaders.tasks import Wish, tasks
from tieline.settings import settings

MAPPING = '[[table]]\nkind = "organisation"\nid = "Ref"\n[table.columns]\nname = "Name"\n'
ASKED = 2_000  # times the statement is run by itself, to know what the server spends on it
PEOPLE, KEYS_EACH = 1_000, 3


class Spent:
    """Processor seconds in `honoured`, and how often it was called."""

    def __init__(self) -> None:
        self.seconds, self.times = 0.0, 0

    def __call__(self, steps: Steps, rows: Sequence[Said]) -> Sequence[Said]:
        began = time.thread_time()  # not of the thread that reads the next batch meanwhile
        try:
            return honoured(steps, rows)
        finally:
            self.seconds += time.thread_time() - began
            self.times += 1


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as home:
        os.environ["TIELINE_HOME"] = home
        os.environ.pop("TIELINE_NEO4J_URI", None)
        with Graph(find()) as graph:
            try:
                measure(graph, Path(home), rows)
            finally:
                server.stop()


def measure(graph: Graph, home: Path, rows: int) -> None:
    install(graph)
    refresh(graph, settings().today)
    process = psutil.Process(status.look().pid)
    (home / "m.toml").write_text(MAPPING)
    load(graph, home, "warm", rows // 2)
    for people in (0, PEOPLE):
        if people:
            erased(graph, people)
        each = asking(graph, process)
        spent = batch.honoured = Spent()  # type: ignore[assignment]
        server_, client = cpu(process), time.process_time()
        load(graph, home, f"with{people}", rows)
        all_ = cpu(process) - server_ + time.process_time() - client
        ours = spent.seconds + spent.times * each
        print(
            f"{people:,} people erased: {rows:,} rows in {spent.times} batches, {all_:.2f} "
            f"processor seconds, {ours:.3f} of them for this: {ours / all_:.2%}; "
            f"load {os.getloadavg()[0]:.1f}"
        )


def load(graph: Graph, home: Path, slug: str, rows: int) -> None:
    lines = "".join(f"{slug}-{n},Body {slug} {n}\n" for n in range(rows))
    (home / "p.csv").write_text(f"Ref,Name\n{lines}")
    with Refusals() as refusals:
        for task in tasks(Wish(home / "p.csv", slug, mapping=home / "m.toml")):
            run(graph, task, refusals)


def erased(graph: Graph, people: int) -> None:
    """Keys as erasing so many would leave them."""
    keys = Keys(secret(make=True), ())
    held = [keys.key(MARK), *(keys.key(f"gone:{n}") for n in range(people * KEYS_EACH))]
    given: dict[str, Any] = {"keys": held, "at": "2026-11-21", "digest": digest(held)}
    graph.write(lambda steps: steps.run("erasure/keep", **given))


def asking(graph: Graph, process: psutil.Process) -> float:
    """The server's processor seconds for the statement, once it is warm."""

    def ask(steps: Steps) -> None:
        for _ in range(ASKED):
            steps.run("erasure/state")

    graph.write(ask)
    began = cpu(process)
    graph.write(ask)
    return (cpu(process) - began) / ASKED


def cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


if __name__ == "__main__":
    main()
