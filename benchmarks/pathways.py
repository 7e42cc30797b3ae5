"""Pathways: our statements against the obvious Cypher, on one generated graph, in one run.

    python benchmarks/pathways.py [--actors 2000] [--ties 6] [--pairs 30]

Makes a graph in a server of its own (a temporary TIELINE_HOME), asks for the strongest pathway of
at most four steps between random pairs and between hubs, both ways, checks that the scores agree,
and prints the median and 95th percentile in milliseconds and their ratio. The obvious statement
walks every pathway and keeps the best.
"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from neo4j import GraphDatabase

from tieline.database import server
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.reader import Reader, open_driver
from tieline.queries.pathways.routes import Search
from tieline.schema.consent import Viewer

HUBS = 4
WARM = 8  # questions asked before the clock runs
OBVIOUS = """
MATCH way = (a:Actor {uid: $from})-[:TIE*1..4]->(b:Actor {uid: $to})
WHERE all(t IN relationships(way) WHERE t.step > 0)
  AND all(x IN nodes(way)[1..-1] WHERE x.consent >= 1 AND coalesce(x.taking_requests, true))
  AND all(x IN nodes(way) WHERE single(y IN nodes(way) WHERE y = x))
RETURN reduce(score = 1.0, t IN relationships(way) | score * t.step)
  * 0.9 ^ (length(way) - 1) AS score
ORDER BY score DESC LIMIT 1
"""


def made(address: Address, actors: int, each: int, dice: random.Random) -> list[str]:
    """Actors with `each` ties drawn at random, both ways; the first HUBS have a tenth of all."""
    uids = [f"p-{at:06}" for at in range(actors)]
    pairs = {(a, b) for a in uids for b in dice.sample(uids, each) if a != b}
    pairs |= {(hub, b) for hub in uids[:HUBS] for b in dice.sample(uids, actors // 10) if b != hub}
    rows = [(a, b, round(dice.betavariate(2, 3), 3)) for a, b in sorted(pairs)]
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.execute_query(
            "UNWIND $uids AS uid CREATE (:Actor:Person {uid: uid, name: uid, consent: 4})",
            uids=uids,
        )
        for at in range(0, len(rows), 10_000):
            driver.execute_query(
                """UNWIND $rows AS row
                MATCH (a:Actor {uid: row[0]}) MATCH (b:Actor {uid: row[1]})
                MERGE (a)-[t:TIE]->(b) SET t.step = row[2], t.audience = 1
                MERGE (b)-[u:TIE]->(a) SET u.step = row[2], u.audience = 1""",
                rows=rows[at : at + 10_000],
            )
    return uids


async def timed(ask: Callable[[], Awaitable[float]]) -> tuple[float, float]:
    """(milliseconds, the best score)."""
    began = time.perf_counter()
    score = await ask()
    return (time.perf_counter() - began) * 1000, score


async def ours(reader: Reader, start: str, end: str, most: int = 1) -> float:
    rows = await reader.rows("pathways/ends", uids=[start, end])
    ends = {row["uid"]: row for row in rows}
    search = Search(reader, start, [end], 4, most)
    routes = await search.run(ends[start]["outward"], ends[end]["inward"])
    return routes[0].score if routes else 0.0


async def obvious(driver: Any, start: str, end: str) -> float:
    async with driver.session() as session:
        result = await session.run(OBVIOUS, {"from": start, "to": end})
        rows = [record["score"] async for record in result]
    return round(rows[0], 12) if rows else 0.0


async def compare(address: Address, kinds: dict[str, list[tuple[str, str]]]) -> None:
    driver = open_driver(address)
    reader = Reader(driver, address.database, Viewer(1), seconds=120)
    ways: dict[str, Callable[[str, str], Awaitable[float]]] = {
        "one route": lambda a, b: ours(reader, a, b),
        "three routes": lambda a, b: ours(reader, a, b, 3),
        "obvious": lambda a, b: obvious(driver, a, b),
    }
    print(f"{'median/p95, ms':16}", *(f"{name:>16}" for name in ways), f"{'ratio':>8}")
    for kind, pairs in kinds.items():
        found = {name: await asked(ask, pairs) for name, ask in ways.items()}
        for mine, theirs in zip(found["one route"], found["obvious"], strict=True):
            assert abs(mine[1] - theirs[1]) < 1e-9, (mine, theirs)
        times = {name: [took for took, _ in rows] for name, rows in found.items()}
        ratio = statistics.median(times["obvious"]) / statistics.median(times["one route"])
        print(f"{kind:16}", *(f"{shown(t):>16}" for t in times.values()), f"{ratio:>7.1f}x")
    await driver.close()


async def asked(
    ask: Callable[[str, str], Awaitable[float]], pairs: list[tuple[str, str]]
) -> list[tuple[float, float]]:
    """(milliseconds, score) of each pair, once the plan and the server are warm."""
    for start, end in pairs[:WARM]:
        await ask(start, end)
    return [await timed(partial(ask, start, end)) for start, end in pairs]


def shown(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f}/{ordered[int(0.95 * (len(ordered) - 1))]:.1f}"


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, value in (("actors", 2_000), ("ties", 6), ("pairs", 30)):
        said.add_argument(f"--{name}", type=int, default=value)
    how = said.parse_args()
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as home:
        os.environ["TIELINE_HOME"] = home
        os.environ.pop("TIELINE_NEO4J_URI", None)
        address = find()
        try:
            with Graph(address) as graph:
                install(graph)
            uids = made(address, how.actors, how.ties, dice)
            drawn = [dice.sample(uids[HUBS:], 2) for _ in range(how.pairs)]
            plain = [(start, end) for start, end in drawn]
            hubs = [(hub, uid) for hub in uids[:HUBS] for uid in dice.sample(uids[HUBS:], 2)]
            asyncio.run(compare(address, {"random": plain, "hub at one end": hubs}))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
