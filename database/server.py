"""The embedded server's life: start, stop, look. One a home, however many commands ask at once.

Any of them may be killed at any moment: a start first ends what one that was killed has left.
Whoever looks for it holds the home's lock, and so does the watch that ends it when it is idle
(watch.py): nobody is handed the address of a server that is about to go.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import psutil

from tieline.database import launch, memory, swap
from tieline.database.address import Address
from tieline.database.fetch import classpath
from tieline.database.home import NO_ROOM, Home, Serving
from tieline.errors import ServerProblem
from tieline.settings import settings

STOP_SECONDS = 60.0
STARTS = 3  # the port may be taken after we looked, or a killed starter's server appear
USER, DATABASE = "neo4j", "neo4j"


def running() -> Address | None:
    """The address, if the server is up; starts nothing and makes no file."""
    home = Home.current()
    serving = home.serving()
    return _address(home, serving) if serving and serving.ready else None


def start() -> Address:
    """The address of the running server, started if it was not, with its jars fetched if need be.

    Raises:
        ServerProblem: it cannot be fetched or does not come up.
    """
    home = Home.current()
    with _room(home):
        home.make()
        with home.lock():
            home.touch()
            serving = home.serving()
            if serving and not serving.ready:  # its starter died half-way, who knows how far it got
                end(home, serving)
                serving = None
            found = _address(home, serving or _launched(home))
    _sweep(home)
    return found


def stop() -> bool:
    """End the server; whether there was one. Whatever was committed is on disk.

    Raises:
        ServerProblem: it does not end within a minute.
    """
    home = Home.current()
    _sweep(home)
    if home.serving() is None and not home.processes():
        return False
    with home.lock():
        serving = home.serving()
        if serving is not None:
            end(home, serving)
        return end_unnoted(home) or serving is not None


def wipe() -> None:
    """Stop the server and remove its data, logs and password."""
    stop()
    home = Home.current()
    if home.neo4j.exists():
        with home.lock():
            home.wipe()


def _sweep(home: Home) -> None:
    """End and remove what a backup or restore that was killed has left."""
    if swap.beside(home).root.exists():
        from tieline.database import trial  # which knows more than most commands need

        trial.sweep(home)


@contextmanager
def _room(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise launch.no_room(home) from None


def _launched(home: Home, more: int = STARTS - 1) -> Serving:
    swap.mend(home)
    launch.reap()
    end_unnoted(home)
    try:
        return _begun(home)
    except ServerProblem as error:
        if not more or not (isinstance(error, launch.PortTaken) or home.processes()):
            raise
    return _launched(home, more - 1)


def _begun(home: Home) -> Serving:
    jars = classpath()
    process, port = launch.begin(home, jars, memory.chosen())
    serving = Serving(process.pid, psutil.Process(process.pid).create_time(), port)
    try:
        home.note(serving)
        launch.ready(home, process, port)
        _watch()
        serving = replace(serving, ready=True)
        home.note(serving)
    except BaseException:
        end(home, serving)
        raise
    return serving


def _watch() -> None:
    if settings().idle_minutes:
        launch.detached([sys.executable, "-m", "tieline.database.watch"], subprocess.DEVNULL)


def end(home: Home, serving: Serving) -> None:
    """Terminate the process and wait for it; the caller holds the lock."""
    try:
        home.note(replace(serving, ready=False))  # should we be killed, nobody is sent to it
    except OSError:  # a full disk
        home.note(None)
    _end(home, serving)
    home.note(None)


def end_unnoted(home: Home) -> bool:
    """End servers of this home that no note names; whether there were any. Under the lock too."""
    left = home.processes()
    for process in left:
        with suppress(psutil.NoSuchProcess):
            _end(home, Serving(process.pid, process.create_time(), 0))
    return bool(left)


def _end(home: Home, serving: Serving) -> None:
    """Ask it to end; after a minute, kill it: what was committed is on disk."""
    for ask in (psutil.Process.terminate, psutil.Process.kill):
        with suppress(psutil.NoSuchProcess):
            ask(psutil.Process(serving.pid))
        if _gone(home, serving):
            launch.reap()
            return
    raise ServerProblem(
        f"The database (process {serving.pid}) does not end, though it was killed. Start this "
        "machine anew: what was committed is kept."
    )


def _gone(home: Home, serving: Serving) -> bool:
    """Whether it ends within a minute; psutil would wait for whoever is slow to reap the dead."""
    until = time.monotonic() + STOP_SECONDS
    while home.alive(serving):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _address(home: Home, serving: Serving) -> Address:
    return Address(serving.uri, USER, home.password(), DATABASE, embedded=True)
