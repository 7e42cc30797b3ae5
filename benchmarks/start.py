"""Seconds and megabytes for each way to start: whole commands, as a person waits for them.

Claim: with the class archive made, a command on a stopped database is answered in under 7 s on a
quiet machine, and `tieline database stop` takes under 1 s. Prints the machine's load beside it:
compare rows of one run only. Processor seconds (of the server and of the command) blur less.

    python benchmarks/start.py [--first]

Runs in a temporary home. `--first`: also with an empty cache, so the server's files are fetched.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import psutil

from tieline.database import java, server
from tieline.database.fetch import classpath
from tieline.database.home import Home

ROUNDS = 3
RUN = [sys.executable, "-c", "from tieline.cli.main import main; main()"]
Measured = tuple[float, float | None, float | None]  # seconds; processor seconds; megabytes


def main() -> None:
    os.environ.pop("TIELINE_NEO4J_URI", None)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("| way to start | seconds | processor seconds | megabytes resident |")
    print("|---|---|---|---|")
    if "--first" in sys.argv:
        with tempfile.TemporaryDirectory() as cache:
            first(cache)
    archive = "with" if java.quick(classpath()) else "without"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = folder
        try:
            row("first start of a new home, files at hand", [hashed()])
            again = [stopped_and_hashed() for _ in range(ROUNDS)]
            row(f"start again, {archive} the class archive", [each for each, _ in again])
            row("connect to the running one", [hashed() for _ in range(ROUNDS)])
            row("stop", [each for _, each in again])
            row("at rest for a minute", [rested(60)])
        finally:
            server.stop()
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def first(cache: str) -> None:
    """In a home and a cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TIELINE_HOME": folder, "XDG_CACHE_HOME": cache}
        try:
            row("first start, the server's files fetched", [hashed()])
        finally:
            server.stop()
    del os.environ["XDG_CACHE_HOME"]


def row(what: str, found: list[Measured]) -> None:
    seconds = [each[0] for each in found]
    spread = f"{min(seconds):.1f} to {max(seconds):.1f}" if len(found) > 1 else f"{seconds[0]:.1f}"
    cells = [spread, *(middle([each[at] for each in found]) for at in (1, 2))]
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def middle(values: list[float | None]) -> str:
    known = [each for each in values if each is not None]
    return f"{statistics.median(known):.1f}" if known else ""


def stopped_and_hashed() -> tuple[Measured, Measured]:
    stop = timed("database", "stop")
    return hashed(), stop


def hashed() -> Measured:
    """`tieline hash`: the first question answered."""
    seconds, own, _ = timed("hash")
    serving = Home.current().serving()
    assert serving
    process = psutil.Process(serving.pid)
    spent = process.cpu_times()
    young = time.time() - process.create_time() < seconds  # started by this very command
    server_seconds = spent.user + spent.system if young else 0.0
    return seconds, (own or 0.0) + server_seconds, process.memory_info().rss / 2**20


def timed(*words: str) -> Measured:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run([*RUN, *words], check=True, capture_output=True)
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, own, None


def rested(seconds: float) -> Measured:
    """What the server takes when nobody has asked anything for a while, as status says it."""
    time.sleep(seconds)
    said = subprocess.run([*RUN, "database", "status", "--json"], check=True, capture_output=True)
    return seconds, None, float(json.loads(said.stdout)["resident"])


if __name__ == "__main__":
    main()
