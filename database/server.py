"""The embedded server's life: start, stop, look. One a home, however many commands ask at once.

Whoever looks for it holds the home's lock, and so does the watch that ends it when it is idle
(watch.py): nobody is handed the address of a server that is about to go.
"""

import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace

import psutil

from tieline.database import launch, swap
from tieline.database.address import Address
from tieline.database.fetch import classpath
from tieline.database.home import Home, Serving
from tieline.errors import ServerProblem
from tieline.settings import settings

STOP_SECONDS = 60.0
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
    home.make()
    with home.lock():
        home.touch()
        serving = home.serving()
        if serving and not serving.ready:  # its starter died half-way: nobody knows how far it got
            end(home, serving)
            serving = None
        return _address(home, serving or _launched(home))


def stop() -> bool:
    """End the server; whether there was one. Whatever was committed is on disk.

    Raises:
        ServerProblem: it does not end within a minute.
    """
    home = Home.current()
    if home.serving() is None:
        return False
    with home.lock():
        serving = home.serving()
        if serving is None:
            return False
        end(home, serving)
        return True


def wipe() -> None:
    """Stop the server and remove its data, logs and password."""
    stop()
    home = Home.current()
    if home.neo4j.exists():
        with home.lock():
            home.wipe()


def _launched(home: Home) -> Serving:
    swap.mend(home)
    jars = classpath()
    process, port = launch.begin(home, jars)
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
    home.note(replace(serving, ready=False))  # should we be killed, nobody is sent to it
    with suppress(psutil.NoSuchProcess):
        psutil.Process(serving.pid).terminate()
    until = time.monotonic() + STOP_SECONDS
    while home.alive(serving):  # psutil would wait on for whoever is slow to reap the dead
        if time.monotonic() > until:
            raise ServerProblem(
                f"The database (process {serving.pid}) has not ended after {STOP_SECONDS:.0f} s. "
                "Look at `tieline database logs`; it can be killed without losing what was "
                "committed."
            )
        time.sleep(0.02)
    launch.reap()
    home.note(None)


def _address(home: Home, serving: Serving) -> Address:
    uri = f"bolt://127.0.0.1:{serving.port}"
    return Address(uri, USER, home.password(), DATABASE, embedded=True)
