"""The archive of the server's classes: made once for all homes, so that later starts are quick.

A server of its own, in a folder that goes again, is started, asked the usual and ended; the JVM
then writes the classes it loaded. It takes a while and nobody waits for it: the watch does it when
a server has ended, at the lowest priority. Without the archive everything works, only slower.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from tieline.database import java, launch, memory
from tieline.database.address import Address
from tieline.database.fetch import classpath
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.database.install import check, install
from tieline.errors import TielineError
from tieline.settings import settings

MEMORY, ROOM = 1_500_000_000, 1_000_000_000  # bytes free, or another day will do
DUMP_SECONDS = 300.0
ENDED = (0, 143)  # by itself; by our asking
PREFIX = "training-"


def make() -> Path | None:
    """The archive just made; None if there is one, another process makes it, or there is no room.

    Whatever goes wrong is no error: the next server that ends will try again.
    """
    folder = settings().jars
    if settings().java or not folder.is_dir() or not _room(folder):
        return None
    with suppress(Timeout, TielineError, OSError, subprocess.SubprocessError):
        with FileLock(folder / "training.lock", timeout=0):
            _sweep(folder)
            jars = classpath()
            return None if java.quick(jars) else _trained(folder, jars)
    return None


def _room(folder: Path) -> bool:
    enough = psutil.virtual_memory().available > MEMORY
    return enough and shutil.disk_usage(folder).free > ROOM


def _sweep(folder: Path) -> None:
    """End and remove what a training that was killed has left; the caller holds the lock."""
    for left in folder.glob(f"{PREFIX}*/"):
        mark = f"@{Home(left).arguments}"
        for process in psutil.process_iter(["cmdline"]):
            if mark in (process.info["cmdline"] or []):
                process.kill()
        shutil.rmtree(left, ignore_errors=True)


def _trained(folder: Path, jars: list[Path]) -> Path | None:
    _give_way()
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=folder) as scratch:
        fresh = Path(scratch) / "fresh.jsa"
        flags = [*java.archives([]), f"-XX:ArchiveClassesAtExit={fresh}"]
        if not _run(Home(Path(scratch)), jars, flags) or not fresh.exists():
            return None
        older = list(folder.glob(f"server-{settings().version}-*.jsa"))
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        path = fresh.replace(folder / f"{java.archived(jars)}-{java.content(fresh)}.jsa")
    for each in older:
        each.unlink(missing_ok=True)
    return path


def _give_way() -> None:
    """The lowest priority, for this process and the server that it starts."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.IDLE_PRIORITY_CLASS)
    else:
        psutil.Process().nice(19)


def _run(home: Home, jars: list[Path], flags: list[str]) -> bool:
    """Whether a server was started, used and ended as it should."""
    home.make()
    process, port = launch.begin(home, jars, memory.least(), flags)
    try:
        launch.ready(home, process, port)
        uri = f"bolt://127.0.0.1:{port}"
        with Graph(Address(uri, "neo4j", home.password(), "neo4j", embedded=True)) as graph:
            install(graph)
            check(graph)
        process.terminate()
        return process.wait(DUMP_SECONDS) in ENDED
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        launch.reap()
