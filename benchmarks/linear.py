"""Does a row cost the same in a large file as in a small one, and does memory stay flat?

Claim (design `performance.md`, `loaders.md`): a row costs the same from 10,000 rows to a million,
by the clock and, which a busy machine does not blur, in processor seconds of client and server;
neither the loader's memory nor that of `tieline hash` grows with them.

    python benchmarks/linear.py [ROWS ...]     by default 10000 100000

The invented grants of kills.py; each number on an empty database, the command in a process of its
own, whose peak memory is measured. Runs on a server of its own in a temporary folder.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import psutil
from kills import SOURCE, write

from tieline.database import server, status
from tieline.database.graph import Graph
from tieline.database.install import install

COMMAND = [sys.executable, "-c", "from tieline.cli.main import main; main()"]


def main() -> None:
    numbers = [int(each) for each in sys.argv[1:]] or [10_000, 100_000]
    os.environ.pop("TIELINE_NEO4J_URI", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(Path(folder) / "home")
        try:
            for rows in numbers:
                one(Path(folder) / "grants.json", rows)
        finally:
            server.stop()


def one(path: Path, rows: int) -> None:
    write(path, rows, Random(11))
    with Graph(server.start()) as graph:
        install(graph)
    before = busy()
    took, worked, peak = measured(["load", str(path), "--source", SOURCE, "--json"])
    worked += busy() - before
    each = f"{rows / took:.0f} rows/s, {worked / rows * 1000:.2f} processor ms a row"
    print(f"{rows} rows: {took:.0f} s, {each}, peak {peak:.0f} MB", flush=True)
    took, _, peak = measured(["hash"])
    held = psutil.Process(status.look().pid).memory_info().rss / 1e6
    print(f"  its hash: {took:.0f} s, peak {peak:.0f} MB; server {held:.0f} MB", flush=True)
    server.wipe()


def busy() -> float:
    """Processor seconds that the server has used."""
    times = psutil.Process(status.look().pid).cpu_times()
    return float(times.user + times.system)


def measured(words: list[str]) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak megabytes of the command."""
    began, worked, peak = time.perf_counter(), 0.0, 0.0
    quiet = subprocess.DEVNULL
    running = subprocess.Popen([*COMMAND, *words], stdout=quiet, stderr=quiet)
    process = psutil.Process(running.pid)
    while running.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss / 1e6)
            worked = sum(process.cpu_times()[:2])
        except psutil.Error:
            break
        time.sleep(0.05)
    assert running.wait() == 0, f"{words[0]} failed"
    return time.perf_counter() - began, worked, peak


if __name__ == "__main__":
    main()
