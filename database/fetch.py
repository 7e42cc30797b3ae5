"""The server's jars: fetched once for all homes; at every start each must be as it was verified."""

import errno
import hashlib
import os
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tieline.database.verified import Verified
from tieline.errors import ServerProblem, WrongUse
from tieline.settings import VERSION, settings

if TYPE_CHECKING:
    from tieline.database.registry import Registry

AT_ONCE = 16
TRIES = 3
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Jar:
    """One file of the server: what it is called at the registry, and what it must hold."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        parts = (self.artifact, self.version, self.classifier)
        return "-".join(part for part in parts if part) + ".jar"


class Told(Protocol):
    """Called after each file with how many are here."""

    def __call__(self, done: int) -> None: ...


def listed(version: str = VERSION) -> list[Jar]:
    """The committed list.

    Raises:
        WrongUse: there is none for this version.
    """
    folder = files("tieline.database").joinpath("jars")
    lists = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    if f"neo4j-{version}.toml" not in lists:
        known = ", ".join(name[len("neo4j-") : -len(".toml")] for name in lists)
        raise WrongUse(f"TIELINE_NEO4J_VERSION is {version!r}: Tieline can run {known}.")
    text = folder.joinpath(f"neo4j-{version}.toml").read_text("utf-8")
    return [
        _jar(coordinates, sha256) for coordinates, sha256 in tomllib.loads(text)["sha256"].items()
    ]


def _jar(coordinates: str, sha256: str) -> Jar:
    group, artifact, version, classifier = (*coordinates.split(":"), "")[:4]
    return Jar(group, artifact, version, classifier, sha256)


def classpath() -> list[Path]:
    """Every jar, in the list's order, verified once; fetches what is missing or altered.

    Raises:
        ServerProblem: the registry cannot be reached or sends something else.
    """
    version = settings().version
    jars, folder = listed(version), settings().jars / f"neo4j-{version}"
    seen = Verified(folder)
    if new := [jar for jar in jars if not seen.holds(folder / jar.name, jar.sha256)]:
        if wanting(new, folder):
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.with_suffix(".lock")):
                fetch(wanting(new, folder), folder)  # again: another process may have fetched them
        seen.add((folder / jar.name, jar.sha256) for jar in jars)
    return [folder / jar.name for jar in jars]


def wanting(jars: Sequence[Jar], folder: Path) -> list[Jar]:
    """The jars that are absent, or are not what the list says."""
    with ThreadPoolExecutor() as pool:
        sound = pool.map(lambda jar: _sha256(folder / jar.name) == jar.sha256, jars)
        return [jar for jar, whole in zip(jars, sound, strict=True) if not whole]


def fetch(jars: Sequence[Jar], folder: Path) -> None:
    """Bring jars into a folder, sixteen at a time; each appears only once it is whole and right."""
    if not jars:
        return
    from tieline.database.registry import Registry  # half a second to import: fetchers pay it

    prefix = f"fetching-{folder.name}-"
    for left in folder.parent.glob(f"{prefix}*/"):  # by one that was killed: we hold the lock
        shutil.rmtree(left, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=prefix) as scratch,
        progress(len(jars)) as told,
        ThreadPoolExecutor(AT_ONCE) as pool,
        Registry(Path(scratch)) as registry,
    ):
        work = [pool.submit(_bring, jar, registry, folder) for jar in jars]
        try:
            for done, each in enumerate(as_completed(work), 1):
                each.result()
                told(done)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _bring(jar: Jar, registry: "Registry", folder: Path) -> None:
    reason = ""
    for attempt in range(TRIES):
        time.sleep(attempt)
        try:
            path = registry.get(jar.group, jar.artifact, jar.version, jar.classifier)
        except OSError as error:  # requests' errors are OSErrors too
            if error.errno in NO_ROOM:
                raise ServerProblem(
                    f"There is no room for Neo4j's files in {folder} ({error.strerror}). Make "
                    "room, 200 MB for all of them, and try again: files that did arrive are kept."
                ) from None
            reason = type(error).__name__
            continue
        if _sha256(path) == jar.sha256:
            _on_disk(path)
            path.replace(folder / jar.name)
            return
        path.unlink()
        reason = "what came has another sha256 than the committed list says"
    raise ServerProblem(
        f"Neo4j's file {jar.name} could not be fetched ({reason}). Check that the Java registry "
        "can be reached from here and try again: files that did arrive are kept."
    )


def _on_disk(path: Path) -> None:
    """Before it has its name: a power cut must not leave a file that only looks whole."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


@contextmanager
def progress(total: int) -> Iterator[Told]:
    """A bar on a terminal, a few plain lines elsewhere; on stderr, as all that is no answer."""
    what = f"Fetching Neo4j {settings().version}"
    if not sys.stderr.isatty():
        yield _plain(what, total)
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def _plain(what: str, total: int) -> Told:
    began, step = time.monotonic(), max(1, total // 5)
    print(f"{what}: {total} files, once for this machine", file=sys.stderr, flush=True)

    def told(done: int) -> None:
        if done % step == 0 or done == total:
            seconds = time.monotonic() - began
            print(f"{what}: {done} of {total} in {seconds:.0f} s", file=sys.stderr, flush=True)

    return told
