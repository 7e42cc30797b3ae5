"""Starting the server process, and knowing when it is ready."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import neo4j
import psutil
from neo4j import Auth, exceptions

from tieline.database import java
from tieline.database.address import Address
from tieline.database.driver import options
from tieline.database.home import Home
from tieline.database.statements import cypher
from tieline.errors import ServerProblem

READY_SECONDS = 180.0  # recovery after a kill in mid-write took 14 s
NEW = "neo4j"  # the password of a server that was never started
_started: list[subprocess.Popen[bytes]] = []  # kept, or Python complains that they still run


def begin(
    home: Home, jars: Sequence[Path], archive: Sequence[str] | None = None
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the process on a free port of its own; it outlives the command that starts it."""
    port = _free_port()
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".before.log"))
    with home.log.open("wb") as log:
        return detached(java.command(home, jars, port, archive), log), port


def detached(command: Sequence[str], output: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """A process in a session of its own: no Ctrl-C and no closed terminal reaches it."""
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        **apart,
    )
    _started.append(process)
    return process


def reap() -> None:
    """Let the system forget those of our children that have ended."""
    _started[:] = [process for process in _started if process.poll() is None]


def ready(home: Home, process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers a question under the generated password.

    Raises:
        ServerProblem: our process ends first (whoever else may hold the port), or time is up.
    """
    until = time.monotonic() + READY_SECONDS
    while not (_open(port) and _held(process, port)):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerProblem(_why(home))
        time.sleep(0.05)
    try:
        _first_password(home, port)
    except exceptions.AuthError:
        raise ServerProblem(
            f"The database refuses the password in {home.password_file}. Put the right file back, "
            "or begin anew with `tieline database wipe`."
        ) from None
    except (exceptions.Neo4jError, exceptions.DriverError) as error:
        raise ServerProblem(f"{_why(home)} ({error})") from None
    if process.poll() is not None:
        raise ServerProblem(_why(home))


def _first_password(home: Home, port: int) -> None:
    """Ask under our password; a new server gets it first, by driver: no process list shows it.

    The file is written before the server is told, so that a crash in between loses nothing.
    """
    if not home.password_file.exists():
        home.keep_password(secrets.token_urlsafe(24))
    try:
        _ask(port, home.password(), "neo4j", "database/ping")
    except exceptions.AuthError:
        change = {"old": NEW, "new": home.password()}
        _ask(port, NEW, "system", "database/password", **change)
        _ask(port, home.password(), "neo4j", "database/ping")


def _ask(port: int, password: str, database: str, name: str, **params: str) -> None:
    address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password, database, embedded=True)
    said = options(address) | {"auth": Auth("basic", "neo4j", password)}
    with neo4j.GraphDatabase.driver(address.uri, **said) as driver:
        with driver.session(database=database) as session:
            session.execute_write(lambda tx: tx.run(cypher(name), params).consume())


def _open(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
        return True
    return False


def _held(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it is our process that listens there: no stranger may be told the password.

    When the system will not say, yes.
    """
    try:
        links = psutil.Process(process.pid).net_connections("tcp")
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
    return any(link.status == psutil.CONN_LISTEN and link.laddr.port == port for link in links)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _why(home: Home) -> str:
    lines = home.log.read_text("utf-8", errors="replace").splitlines()
    told = next((line for line in reversed(lines) if "ERROR" in line or "Caused" in line), "")
    return f"The database did not start. {told} Its log: {home.log}".replace("  ", " ")
