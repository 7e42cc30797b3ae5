"""Answers through GraphQL over HTTP, beside others' on the same server and the same field.

Claim (docs/speed.md): at least 4 times as many answers a second as strawberry with DataLoaders on
lists, more than @neo4j/graphql on all three questions, within twice a statement composed by hand.

    python benchmarks/graphql_http.py [--rounds 3] [--seconds 2.5] [--only NAME ...]

Ours is `tieline serve` itself with its usual limits, asked by a member who signed in by a token (a
page of 1,000 is for whoever signed in); only the number of requests a minute is not limited. Ours
"plain" is the same with completion by graphql-core. The peers are in graphql_peers/, one worker
each; @neo4j/graphql is fetched by npm into a folder that is thrown away, and left out where there
is no npm. Each round asks each of them each question for some seconds, by four clients in one other
process, by turns. All must give the same answers, or nothing is measured.

Prints requests a second, p50 and p95 in ms, and processor milliseconds for an answer: of the
server that is asked, and of the database. Runs on a Neo4j of its own in a temporary folder, or on
the one that TIELINE_NEO4J_URI names if it is empty or has this field already.
"""

import argparse
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import graphql_field
import psutil

from tieline.database import server
from tieline.database.address import Address, find
from tieline.database.home import Home
from tieline.graphql.signin.tokens import READ, Tokens

sys.path.insert(0, str(PEERS := Path(__file__).parent / "graphql_peers"))
import asked

TIELINE = [sys.executable, "-c", "from tieline.cli.main import main; main()"]
OURS, PLAIN, LOADED, OFFERED, HAND = "ours", "ours, plain", "DataLoader", "@neo4j/graphql", "hand"
PATIENCE = 90.0  # seconds to start


@dataclass
class Server:
    """One that is asked."""

    name: str
    process: psutil.Popen
    port: int
    path: str
    documents: dict[str, str]
    token: str = ""
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def given(self, question: str) -> dict[str, Any]:
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        body = json.dumps({"query": self.documents[question]})
        return {"port": self.port, "path": self.path, "headers": headers, "body": body}

    def answer(self, question: str) -> Any:
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        given = self.given(question)
        opened.request("POST", given["path"], given["body"], given["headers"])
        told = json.loads(opened.getresponse().read())
        if told.get("errors"):
            raise SystemExit(f"{self.name}: {told['errors'][0]['message']}")
        return asked.plain(told["data"])


def main() -> int:
    given = arguments()
    with ExitStack() as stack:
        address = stack.enter_context(database())
        graphql_field.written(address)
        servers = [stack.enter_context(each) for each in starts(address, given.only)]
        alike(servers)
        machine(servers)
        measured(servers, given.rounds, given.seconds, database_process(address))
        return report({each.name: each for each in servers})


@contextmanager
def database() -> Iterator[Address]:
    if os.environ.get("TIELINE_NEO4J_URI"):
        yield find()
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = folder
        try:
            yield find()
        finally:
            server.stop()


def database_process(address: Address) -> psutil.Process | None:
    """Of the server at this port, if it is of this machine and may be looked at."""
    port = int(address.uri.rpartition(":")[2])
    for process in psutil.process_iter(["name"]):
        if "java" in (process.info["name"] or ""):
            with_port = (each.laddr.port for each in process.net_connections("tcp"))
            if port in with_port:
                return process
    return None


def starts(address: Address, only: list[str] | None) -> list[Any]:
    """Whoever is to be asked, not yet begun."""
    token = Tokens(Home.current().tokens).create(
        f"benchmark {time.time()}", "member", None, READ, 86_400
    )[1]
    every = {
        OURS: lambda: ours(OURS, token, "compiled"),
        PLAIN: lambda: ours(PLAIN, token, "plain"),
        LOADED: lambda: python(LOADED, "loaded:app", address),
        HAND: lambda: python(HAND, "hand:app", address),
        OFFERED: lambda: node(address),
    }
    if not shutil.which("npm"):
        print(f"{OFFERED} is left out: there is no npm here")
        del every[OFFERED]
    return [start() for name, start in every.items() if not only or name in only]


@contextmanager
def running(
    name: str,
    line: list[str],
    more: dict[str, str],
    port: int,
    path: str,
    documents: dict[str, str],
) -> Iterator[Server]:
    process = psutil.Popen(line, env=os.environ | more, stderr=subprocess.PIPE, text=True)
    threading.Thread(target=process.stderr.read, daemon=True).start()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"{name} ended at once")
        with socket.socket() as knocking:
            if not knocking.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    try:
        yield Server(name, process, port, path, documents)
    finally:
        process.terminate()
        process.wait(30)


def free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def ours(name: str, token: str, completion: str) -> Iterator[Server]:
    port = free()
    more = {"TIELINE_RATE": "0", "TIELINE_COMPLETION": completion}
    line = [*TIELINE, "serve", "--port", str(port), "--as", "anonymous"]
    with running(name, line, more, port, "/graphql", asked.OURS) as started:
        started.token = token
        yield started


@contextmanager
def python(name: str, app: str, address: Address) -> Iterator[Server]:
    port = free()
    line = [sys.executable, "-m", "uvicorn", "--app-dir", str(PEERS), "--port", str(port)]
    line += ["--no-access-log", "--log-level", "warning", app]
    with running(name, line, whereto(address), port, "/graphql", asked.OURS) as started:
        yield started


@contextmanager
def node(address: Address) -> Iterator[Server]:
    port = free()
    with tempfile.TemporaryDirectory() as folder:
        for file in ("package.json", "offered.mjs"):
            shutil.copy(PEERS / file, folder)
        quiet = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
        subprocess.run(quiet, cwd=folder, check=True)
        line = ["node", str(Path(folder) / "offered.mjs")]
        more = whereto(address) | {"PORT": str(port), "NODE_ENV": "production"}
        with running(OFFERED, line, more, port, "/", asked.OFFERED) as started:
            yield started


def whereto(address: Address) -> dict[str, str]:
    return {"URI": address.uri, "PASSWORD": address.password or ""}


def alike(servers: list[Server]) -> None:
    """All give the same, or nothing is measured."""
    for question in asked.OURS:
        first, *others = [each.answer(question) for each in servers]
        for other, each in zip(others, servers[1:], strict=True):
            if other != first:
                raise SystemExit(f"{question}: {each.name} gives something else")
        print(f"{question}: all {len(servers)} give the same, {len(json.dumps(first)):,} bytes")


def machine(servers: list[Server]) -> None:
    listed = (PEERS / "package.json").read_text("utf-8")
    versions = json.loads(listed)["dependencies"]
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {told}\n")


def measured(
    servers: list[Server], rounds: int, seconds: float, base: psutil.Process | None
) -> None:
    """By turns; the first round is not counted: plans are made, and Java warms to its work."""
    for round in range(rounds + 1):
        for question in asked.OURS:
            for each in servers:
                told = one(each, question, seconds, base)
                if round:
                    each.told.setdefault(question, []).append(told)


def spent(process: psutil.Process | None) -> float:
    if process is None:
        return 0.0
    times = process.cpu_times()
    return float(times.user + times.system)


def one(
    each: Server, question: str, seconds: float, base: psutil.Process | None
) -> dict[str, float]:
    """One server asked one question for so many seconds, by a process of clients."""
    line = [sys.executable, str(PEERS / "client.py"), str(seconds)]
    before, below = spent(each.process), spent(base)
    ran = subprocess.run(
        line, input=json.dumps(each.given(question)), capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(ran.stdout)
    many = len(told["ms"])
    cuts = statistics.quantiles(told["ms"], n=20)
    return {
        "rate": many / told["seconds"],
        "p50": cuts[9],
        "p95": cuts[18],
        "cpu": (spent(each.process) - before) / many * 1e3,
        "base": (spent(base) - below) / many * 1e3,
    }


def report(servers: dict[str, Server]) -> int:
    """The tables; 1 if a bar is not held."""
    for question in asked.OURS:
        print(f"\n| {question} | requests/s | p50 ms | p95 ms | processor ms | of the database |")
        print("|---|---|---|---|---|---|")
        for name, each in servers.items():
            middle = [median(each, question, key) for key in ("rate", "p50", "p95", "cpu", "base")]
            print(f"| {name} | " + " | ".join(f"{number:.1f}" for number in middle) + " |")
    print("\n| ours beside | bar | " + " | ".join(asked.OURS) + " |")
    print("|---|---|" + "---|" * len(asked.OURS))
    held = [beside(servers, *bar) for bar in BARS if bar[0] in servers and OURS in servers]
    print(f"\nload {os.getloadavg()[0]:.1f}")
    return int(not all(held))


# beside whom, at least so many times as many answers a second, on which questions
BARS: list[tuple[str, float, tuple[str, ...]]] = [
    (LOADED, 4.0, ("1,000 x 10", "50 x 20 nested")),
    (OFFERED, 1.0, tuple(asked.OURS)),
    (HAND, 0.5, tuple(asked.OURS)),
    (PLAIN, 1.0, ("1,000 x 10", "50 x 20 nested")),
]


def beside(servers: dict[str, Server], name: str, least: float, on: tuple[str, ...]) -> bool:
    """Answers a second, ours to theirs, in the middle of the rounds; in brackets by processor time
    of the server that is asked, and of it with the database."""
    told, held = [], True
    for question in asked.OURS:
        mine, theirs = servers[OURS].told[question], servers[name].told[question]
        rate = statistics.median(a["rate"] / b["rate"] for a, b in zip(mine, theirs, strict=True))
        cpu = statistics.median(b["cpu"] / a["cpu"] for a, b in zip(mine, theirs, strict=True))
        all_ = statistics.median(
            (b["cpu"] + b["base"]) / (a["cpu"] + a["base"])
            for a, b in zip(mine, theirs, strict=True)
        )
        held &= question not in on or rate >= least
        told.append(f"{rate:.2f} ({cpu:.2f}, {all_:.2f})")
    print(f"| {name} | {least:g} {'held' if held else 'NOT HELD'} | " + " | ".join(told) + " |")
    return held


def median(each: Server, question: str, key: str) -> float:
    return statistics.median(told[key] for told in each.told[question])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.5)
    parser.add_argument("--only", nargs="+", choices=(OURS, PLAIN, LOADED, OFFERED, HAND))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
