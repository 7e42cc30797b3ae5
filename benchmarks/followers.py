"""Many who follow one load cost the database as much as one: statements, seconds, delay, memory.

    python benchmarks/followers.py [FOLLOWERS]

On the database of the settings, a service of its own is started. Then a load's line in the journal
is moved on four times a second for eight seconds, first before one follower and then before
FOLLOWERS (200), over WebSockets. Told: events that came, looks at the load (queries/live/load) and
at the graph's version, the processor seconds of the service, how long after a change its event
came, and what the service's memory grew by. The line is removed again.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
from neo4j import Driver, GraphDatabase
from websockets.asyncio.client import ClientConnection, connect

from tieline.database.address import find

TIELINE = str(Path(sys.executable).parent / "tieline")
UID, CHANGES, EVERY = "followed-by-a-benchmark", 32, 0.25
FOLLOW = 'subscription { loadProgress(load: "followed-by-a-benchmark") { rows state } }'
MOVE = """
MERGE (l:Load {uid: $uid}) SET l.rows = $rows, l.state = $state, l.source = 'benchmark'
MERGE (p:Pulse {load: $uid}) SET p.until = timestamp() + 600000
"""


@contextmanager
def served() -> Iterator[tuple[str, psutil.Process]]:
    """For stewards, on this machine: connections from here are bounded by their number in all."""
    line = [TIELINE, "serve", "--port", "0", "--as", "steward"]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        while "Answering" not in (said := process.stderr.readline()):
            assert process.poll() is None, "it does not answer"
        url = next(word for word in said.split() if word.startswith("http"))
        while httpx.get(url.replace("/graphql", "/readyz"), timeout=60).status_code != 200:
            time.sleep(0.2)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def looks(url: str) -> dict[str, int]:
    """How often each statement ran, as the service counts it."""
    text = httpx.get(url.replace("/graphql", "/metrics"), timeout=60).text
    found = {}
    for name in ("live/load", "database/ping"):
        line = f'tieline_statement_seconds_count{{statement="{name}"}} '
        found[name] = sum(int(float(x.split()[-1])) for x in text.splitlines() if line in x)
    return found


async def followed(ws: ClientConnection, moved: dict[int, float], late: list[float]) -> None:
    """Until it has ended."""
    async for text in ws:
        told = json.loads(text)
        if told["type"] == "complete":
            return
        rows = told["payload"]["data"]["loadProgress"]["rows"]
        if rows in moved:
            late.append(time.monotonic() - moved[rows])


async def measured(url: str, service: psutil.Process, driver: Driver, many: int) -> dict[str, Any]:
    def move(rows: int, state: str = "running") -> None:
        driver.execute_query(MOVE, uid=UID, rows=rows, state=state)

    move(0)
    moved: dict[int, float] = {}
    late: list[float] = []
    address = url.replace("http", "ws", 1)
    async with AsyncExitStack() as stack:
        following = []
        for _ in range(many):
            way = connect(address, subprotocols=["graphql-transport-ws"])  # type: ignore[list-item]
            ws = await stack.enter_async_context(way)
            await ws.send('{"type": "connection_init"}')
            await ws.recv()
            asked = {"id": "1", "type": "subscribe", "payload": {"query": FOLLOW}}
            await ws.send(json.dumps(asked))
            await ws.recv()  # how far it is at first
            following.append(asyncio.create_task(followed(ws, moved, late)))
        before, busy = looks(url), sum(service.cpu_times()[:2])
        memory = service.memory_info().rss
        for rows in range(1, CHANGES + 1):
            moved[rows] = time.monotonic()
            await asyncio.to_thread(move, rows, "running" if rows < CHANGES else "finished")
            await asyncio.sleep(EVERY)
        await asyncio.gather(*following)
        after = looks(url)
    return {
        "followers": many,
        "events": len(late),
        "looks at the load": after["live/load"] - before["live/load"],
        "looks at the version": after["database/ping"] - before["database/ping"],
        "processor seconds": round(sum(service.cpu_times()[:2]) - busy, 2),
        "delay, median s": round(statistics.median(late), 2),
        "delay, p95 s": round(statistics.quantiles(late, n=20)[-1], 2),
        "memory, MB": round((service.memory_info().rss - memory) / 1e6, 1),
    }


def main(many: int) -> None:
    address = find()
    auth = (address.user, address.password)
    with GraphDatabase.driver(address.uri, auth=auth, database=address.database) as driver:
        try:
            with served() as (url, service):
                told = [asyncio.run(measured(url, service, driver, n)) for n in (1, many)]
        finally:
            driver.execute_query("MATCH (l:Load {uid: $uid}) DELETE l", uid=UID)
    for each in told:
        print(", ".join(f"{name} {value}" for name, value in each.items()))
    name = "looks at the load"
    print(f"{many} followers look {told[1][name] / told[0][name]:.2f} times as often as one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
