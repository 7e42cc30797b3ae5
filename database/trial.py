"""A second home inside the first, where a dump is tried: loaded, checked, served, read, closed.

What is in it may be removed at any time: a backup needs it no longer once its file is written, and
a restore once its data has taken the place of the old, which then lies here.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from tieline.database import launch, memory, server, swap
from tieline.database.address import Address
from tieline.database.admin import Admin
from tieline.database.archive import Facts
from tieline.database.graph import Graph
from tieline.database.home import Home, Serving
from tieline.errors import ServerProblem, WrongUse

Hashed = Callable[[Graph], str]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Trial:
    """`of`: the home beside whose data the trial's lies, on the same file system."""

    of: Home
    jars: Sequence[Path]

    @property
    def home(self) -> Home:
        return swap.beside(self.of)

    @property
    def folder(self) -> Path:
        return self.home.root

    @property
    def incoming(self) -> Path:
        """Where the dump is put."""
        return self.folder / "dump"

    @property
    def admin(self) -> Admin:
        folder = self.folder / "admin"
        folder.mkdir(parents=True, exist_ok=True)
        return Admin(folder, self.jars)

    def facts(self, dump: Path, hashed: Hashed, tell: Tell) -> Facts:
        """What the dump holds, as a server that has loaded it says.

        Raises:
            ServerProblem: it does not load, does not agree with itself, or no server starts on it.
        """
        tell("Loading the dump, beside the database")
        self.admin.load(self.home.data, dump)
        tell("Checking every record and index of it")
        self.admin.check(self.home.data)
        tell("Starting a server on it and reading it")
        if self.of.password_file.exists():
            self.home.keep_password(self.of.password())
        with self._served() as address, Graph(address) as graph:
            counts = {row["name"]: row["number"] for row in graph.read("database/contents")}
            made = dict(graph.read("schema/state")[0]["made"])
            return Facts(hashed(graph), dict(sorted(counts.items())), made)

    @contextmanager
    def _served(self) -> Iterator[Address]:
        process, port = launch.begin(self.home, self.jars, memory.least())
        serving = Serving(process.pid, psutil.Process(process.pid).create_time(), port)
        try:
            self.home.note(serving)
            launch.ready(self.home, process, port)
            uri, password = f"bolt://127.0.0.1:{port}", self.home.password()
            yield Address(uri, server.USER, password, server.DATABASE, embedded=True)
        finally:
            server.end(self.home, serving)


@contextmanager
def trial(of: Home, jars: Sequence[Path]) -> Iterator[Trial]:
    """The trial home, empty; one at a time, and gone afterwards.

    Raises:
        WrongUse: another backup or restore has it.
    """
    held = FileLock(of.root / "backup.lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        raise WrongUse("A backup or restore is under way here. Wait until it has ended.") from None
    made = Trial(of, jars)
    try:
        clear(of)
        made.home.make()
        yield made
    except OSError as error:
        raise ServerProblem(
            f"{error.filename or made.folder} failed: {error.strerror}. A backup or restore needs "
            "room for the dump and the database once more."
        ) from None
    finally:
        try:
            clear(of)
        finally:
            held.release()


def sweep(of: Home) -> None:
    """Remove what a backup or restore that was killed has left, unless one is under way now."""
    held = FileLock(of.root / "backup.lock")
    with suppress(Timeout, OSError), held.acquire(timeout=0):
        clear(of)


def clear(of: Home) -> None:
    """Remove what a trial left, its server too; first put back what a killed swap set aside."""
    beside = swap.beside(of)
    with of.lock():
        swap.mend(of)
    if serving := beside.serving():
        server.end(beside, serving)
    server.end_unnoted(beside)
    if beside.root.exists():
        shutil.rmtree(beside.root)
