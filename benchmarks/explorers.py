"""Two hundred explorers at once, for as long as is asked: no 5xx, flat memory, how long each waits.

Claim (docs/speed.md): `tieline serve` answers two hundred people who look around, each with a
question of the saved operations after the other and a pause to read, with no error of its own; its
memory does not grow with the answers.

    python benchmarks/explorers.py [--seconds 600] [--explorers 200] [--pause 5]

Runs on the field of graphql_field.py, in a Neo4j of its own in a temporary folder or on the one
that TIELINE_NEO4J_URI names (empty, or with that field). Loopback only; it stops by itself. Each
explorer asks as anybody, a member or a steward, on a connection of its own; what is asked for is
chosen by a seed. The resident memory of the service is taken every second; its slope is that of a
straight line through the second half. The first tenth warms: its answers are counted, their seconds
are not. Prints p50 and p95 of each operation, the answers by status
and the errors by code; ends with 1 if there was a 5xx, or memory grew by more than GROWTH an hour
or a fifth of itself within the second half.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import graphql_field
import graphql_http
import httpx
import numpy as np
import psutil

from tieline.database.home import Home
from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import READ, Tokens

GROWTH = 100.0  # MB an hour that a straight line may rise
LEVELS = (None, None, "member", "member", "steward")  # as whom explorers ask
PATIENCE = 60.0
WARM = 0.1  # of the time: Java warms to its work, and nobody's seconds are counted


@dataclass
class Seen:
    """What came of it; `from_`: when what is waited for begins to count."""

    from_: float
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)


def main() -> int:
    given = arguments()
    with ExitStack() as stack:
        address = stack.enter_context(graphql_http.database())
        graphql_field.written(address)
        served = stack.enter_context(graphql_http.ours("explored", "", "compiled"))
        ready(served.port)
        tokens = {level: token(level) for level in set(LEVELS) if level}
        began, before = time.monotonic(), graphql_http.spent(served.process)
        seen = asyncio.run(explored(served, tokens, given))
        spent = graphql_http.spent(served.process) - before
        return told(seen, given, time.monotonic() - began, spent)


def ready(port: int) -> None:
    """Until its questions are planned."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE).status_code == 200:
            return
        time.sleep(1)
    raise SystemExit("the service is not ready after five minutes")


def token(level: str) -> str:
    name = f"explorers {level} {time.time()}"
    return Tokens(Home.current().tokens).create(name, level, None, READ, 86_400)[1]


async def explored(
    served: graphql_http.Server, tokens: dict[str, str], given: argparse.Namespace
) -> Seen:
    until = time.monotonic() + given.seconds
    seen = Seen(until - given.seconds * (1 - WARM))
    limits = httpx.Limits(max_connections=given.explorers)
    base = f"http://127.0.0.1:{served.port}"
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=PATIENCE) as client:
        watching = asyncio.create_task(watched(served.process, seen))
        each = [
            explorer(client, number, tokens, given.pause, until, seen)
            for number in range(given.explorers)
        ]
        await asyncio.gather(*each)
        watching.cancel()
    return seen


async def watched(process: psutil.Popen, seen: Seen) -> None:
    began = time.monotonic()
    while True:
        seen.memory.append((time.monotonic() - began, process.memory_info().rss / 1e6))
        await asyncio.sleep(1)


async def explorer(
    client: httpx.AsyncClient,
    number: int,
    tokens: dict[str, str],
    pause: float,
    until: float,
    seen: Seen,
) -> None:
    """One who asks, reads, and asks again."""
    dice, level = random.Random(number), LEVELS[number % len(LEVELS)]
    headers = {"authorization": f"Bearer {tokens[level]}"} if level else {}
    await asyncio.sleep(dice.random() * pause)
    while time.monotonic() < until:
        name = dice.choice(list(WANTED))
        body = {"query": saved()[name].text, "variables": WANTED[name](dice)}
        began = time.monotonic()
        try:
            answer = await client.post("/graphql", json=body, headers=headers)
        except httpx.HTTPError as error:
            seen.codes[type(error).__name__] += 1
            continue
        if began > seen.from_:
            seen.seconds[name].append(time.monotonic() - began)
        seen.statuses[answer.status_code] += 1
        for error in answer.json().get("errors", ()):
            seen.codes[error["extensions"]["code"]] += 1
        await asyncio.sleep(dice.expovariate(1 / pause))


def person(dice: random.Random) -> str:
    return f"p-{dice.randrange(graphql_field.PEOPLE):05}"


def theme(dice: random.Random) -> str:
    return f"t-{dice.randrange(graphql_field.THEMES)}"


# the saved operations that people look around with, and what they ask of them
WANTED: dict[str, Any] = {
    "people": lambda dice: {},
    "organisations": lambda dice: {},
    "projects": lambda dice: {},
    "actor": lambda dice: {"id": person(dice)},
    "place": lambda dice: {"id": f"l-{dice.randrange(graphql_field.PLACES)}"},
    "theme": lambda dice: {"id": theme(dice)},
    "search": lambda dice: {"text": dice.choice(("ba", "do", "Theme 4", "Place 7", "sulo"))},
    "tie": lambda dice: {"from": person(dice), "to": person(dice)},
    "pathways": lambda dice: {"from": person(dice), "to": person(dice)},
    "pathways-theme": lambda dice: {"from": person(dice), "theme": theme(dice)},
    "introducers": lambda dice: {"from": person(dice), "to": person(dice)},
    "translate": lambda dice: {"term": f"Theme {dice.randrange(graphql_field.THEMES)}"},
    "sources": lambda dice: {},
    "me": lambda dice: {},
}


def told(seen: Seen, given: argparse.Namespace, took: float, spent: float) -> int:
    many = seen.statuses.total()
    print(f"{given.explorers} explorers, {took:.0f} s, a pause of {given.pause:g} s between: "
          f"{many:,} answers, {many / took:.0f} a second; {spent / max(many, 1) * 1e3:.1f} ms of "
          f"processor time each; load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    print("| operation | answers | p50 ms | p95 ms |\n|---|---|---|---|")
    for name, seconds in sorted(seen.seconds.items()):
        cuts = statistics.quantiles(seconds * 2, n=20)  # twice: one alone has no cuts
        print(f"| {name} | {len(seconds):,} | {cuts[9] * 1e3:.0f} | {cuts[18] * 1e3:.0f} |")
    slope, first, last = grown(seen.memory)
    print(f"\nstatus: {json.dumps(dict(seen.statuses))}; errors: {json.dumps(dict(seen.codes))}")
    print(f"memory: {first:.0f} MB at half time, {last:.0f} MB at the end, "
          f"{slope:+.1f} MB an hour")  # fmt: skip
    bad = sum(number for status, number in seen.statuses.items() if status >= 500)
    lost = sum(seen.codes[code] for code in seen.codes if not code.isupper())
    flat = slope <= GROWTH or last <= 1.2 * first
    print("held" if not bad and not lost and flat else "NOT HELD")
    return int(bool(bad or lost) or not flat)


def grown(memory: list[tuple[float, float]]) -> tuple[float, float, float]:
    """MB an hour, and MB at the beginning and the end, of the second half."""
    half = np.array(memory[len(memory) // 2 :])
    slope = float(np.polyfit(half[:, 0], half[:, 1], 1)[0]) if len(half) > 2 else 0.0
    return slope * 3600, float(half[0, 1]), float(half[-1, 1])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--explorers", type=int, default=200)
    parser.add_argument("--pause", type=float, default=5.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
