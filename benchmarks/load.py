"""Loading a partner's file against bare creation of the very same graph, in one run.

Claim (docs/decisions, design `performance.md`): records, components, evidence and ties included, a
load takes at most 1.7 times what `UNWIND ... CREATE` of its nodes and relationships takes, on the
same server with the same constraints and indexes. Prints the ratio, rows a second and peak memory;
also the ratio of processor seconds (server and client), which a busy machine does not blur.

    python benchmarks/load.py [FILE]     by default the largest 360Giving file beside the repository

Runs on a server of its own in a temporary folder, and leaves nothing behind.
"""

import logging
import os
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from neo4j import Driver, GraphDatabase

from tieline.database import server, status
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.loaders.load import run
from tieline.loaders.report import Notes, Refusals
from tieline.loaders.tasks import Wish, tasks
from tieline.loaders.withdraw import withdraw

FILE = Path("partners/360giving/lloyds-bank-foundation.json")
SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
ROUNDS = 6  # a young server is still compiling in the first four
SIZE = 10_000  # the bare run's batches: the size that creates fastest
LOOKED_UP = ("Record", "Identifier", "Actor", "Project", "Place", "Theme")
Group = dict[str, list[dict[str, Any]]]


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else shared() / FILE
    if not path.is_file():
        print(f"skipped: {path} is not here; name a 360Giving file or set TIELINE_SHARED_DATA")
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["TIELINE_HOME"] = home
        os.environ.pop("TIELINE_NEO4J_URI", None)
        address = find()
        try:
            measure(address, path)
        finally:
            server.stop()


def shared() -> Path:
    return Path(os.environ.get("TIELINE_SHARED_DATA") or SHARED)


def measure(address: Address, path: Path) -> None:
    """Load and create bare in turns, the best of each: a young server gets faster as it goes."""
    driver = GraphDatabase.driver(address.uri, auth=(address.user, address.password))
    with driver, Graph(address) as graph:
        install(graph)
        loads, bares, rows, made = [], [], 0, 0
        for _ in range(ROUNDS):
            empty(driver)
            before = busy()
            rows, took = load(graph, path)
            loads.append((took, busy() - before))
            nodes, ties = copied(driver)
            made = sum(map(len, (*nodes.values(), *ties.values())))
            bares.append(bare(driver, nodes, ties))
        for each, (took, worked) in (*(("load", r) for r in loads), *(("bare", r) for r in bares)):
            print(f"{each}: {took:.2f} s, {worked:.2f} cpu s")
        (took, worked), (alone, spent) = best(loads), best(bares)
        print(f"load: {rows} rows in {took:.2f} s, {rows / took:.0f} rows/s, {worked:.2f} cpu s")
        print(f"bare: {made} things in {alone:.2f} s, {made / alone:.0f}/s, {spent:.2f} cpu s")
        print(f"ratio: {took / alone:.2f} (bar 1.7, towards 1.2); of cpu {worked / spent:.2f}")
        print(f"peak of the loader and this copy {peak():.0f} MB, server {resident():.0f} MB")
        empty(driver)
        where(graph, path)
        began = time.perf_counter()
        gone = withdraw(graph, "bench").rows
        print(f"withdraw: {gone / (time.perf_counter() - began):.0f} rows/s")


class Told(logging.Handler):
    """How often and how long each statement ran, as `tieline -vv` tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        told = getattr(record, "told", {})
        if "ms" in told and "statement" in told:
            self.times[told["statement"]] += 1
            self.seconds[told["statement"]] += told["ms"] / 1000


def where(graph: Graph, path: Path) -> None:
    """One more load, and where its time goes: statements as the client waits for them, the rest."""
    told, log = Told(), logging.getLogger("tieline.database")
    usual, log.propagate = log.level, False
    log.addHandler(told)
    log.setLevel(logging.DEBUG)
    before = time.process_time()
    _, took = load(graph, path)
    worked = time.process_time() - before
    log.removeHandler(told)
    log.setLevel(usual)
    (task,) = tasks(Wish(path, "bench"))
    before = time.process_time()
    count = sum(1 for _ in task.rows(Notes()))
    read = time.process_time() - before
    print(f"where: {took:.2f} s; of the client's {worked:.2f} cpu s {read:.2f} read {count} rows,")
    print("beside the server's work; waiting for statements (times, seconds, share):")
    for name, seconds in told.seconds.most_common(14):
        print(f"  {name:20}{told.times[name]:5}{seconds:8.2f}{seconds / took:7.0%}")
    rest = took - sum(told.seconds.values())
    print(f"  commits, and Python between statements{rest:8.2f}{rest / took:7.0%}")


def best(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    return min(each[0] for each in rounds), min(each[1] for each in rounds)


def load(graph: Graph, path: Path) -> tuple[int, float]:
    """Rows and seconds of one load, reading and interpreting included."""
    (task,) = tasks(Wish(path, "bench"))
    with Refusals(None) as refusals:
        outcome = run(graph, task, refusals).outcome
    assert outcome.written == outcome.accepted, "the graph was not empty of it"
    return outcome.read, outcome.seconds


def copied(driver: Driver) -> tuple[Group, Group]:
    """Nodes by the text that creates them, relationships likewise."""
    nodes, ties = defaultdict(list), defaultdict(list)
    for row in answers(driver, "MATCH (n) RETURN labels(n) AS labels, properties(n) AS props"):
        if not {"Field", "Migration"} & set(row["labels"]):
            labels = ":".join(sorted(row["labels"]))
            nodes[f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row"].append(row["props"])
    text = (
        "MATCH (a)-[x]->(b) RETURN type(x) AS verb, properties(x) AS props, "
        "labels(a) AS one, labels(b) AS other, a.uid AS a, b.uid AS b"
    )
    for row in answers(driver, text):
        one, other = (next(e for e in LOOKED_UP if e in row[end]) for end in ("one", "other"))
        ties[
            f"UNWIND $rows AS row MATCH (a:{one} {{uid: row.a}}) MATCH (b:{other} {{uid: row.b}}) "
            f"CREATE (a)-[x:{row['verb']}]->(b) SET x = row.props"
        ].append(row)
    return nodes, ties


def answers(driver: Driver, text: str) -> Iterator[dict[str, Any]]:
    with driver.session() as session:
        yield from (record.data() for record in session.run(text))


def bare(driver: Driver, nodes: Group, ties: Group) -> tuple[float, float]:
    """Seconds, and processor seconds, to create them with nothing asked."""
    empty(driver)
    began, before = time.perf_counter(), busy()
    with driver.session() as session:
        for text, rows in (*nodes.items(), *ties.items()):
            for n in range(0, len(rows), SIZE):
                session.run(text, rows=rows[n : n + SIZE]).consume()
    return time.perf_counter() - began, busy() - before


def empty(driver: Driver) -> None:
    """All but the model."""
    text = (
        "MATCH (n) WHERE NOT n:Field AND NOT n:Migration "
        "CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"
    )
    with driver.session() as session:
        session.run(text).consume()


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident() -> float:
    return float(psutil.Process(status.look().pid).memory_info().rss) / 1e6


def busy() -> float:
    """Processor seconds that this process and the server have used."""
    times = psutil.Process(status.look().pid).cpu_times()
    return time.process_time() + float(times.user + times.system)


if __name__ == "__main__":
    main()
