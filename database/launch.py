"""Starting the server process, and knowing when it is ready."""

import atexit
import random
import secrets
import shutil
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
from tieline.database.memory import Memory
from tieline.database.statements import cypher
from tieline.errors import ServerProblem

READY_SECONDS = 180.0  # recovery after a kill in mid-write took 14 s
NEW = "neo4j"  # the password of a server that was never started
PORTS = range(20_000, 30_000)  # below those from which systems give every caller one of its own
FULL, NOTHING = 50_000_000, 1_000_000  # bytes free: what a start may need; surely not enough
_started: list[subprocess.Popen[bytes]] = []  # kept, or Python complains that they still run


def begin(
    home: Home, jars: Sequence[Path], memory: Memory, archive: Sequence[str] | None = None
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the process on the home's port; it outlives the command that starts it."""
    port = _port(home)
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".before.log"))
    with home.log.open("wb") as log:
        return detached(java.command(home, jars, port, memory, archive), log), port


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


@atexit.register
def _let_go() -> None:
    """They go on without us, and nobody is told that they still run."""
    for process in _started:
        process.returncode = process.poll() or 0


class PortTaken(ServerProblem):
    """Somebody took it after we had looked."""

    code = "PORT_TAKEN"


def ready(home: Home, process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers a question under the generated password.

    Raises:
        ServerProblem: our process ends first (whoever else may hold the port), or time is up.
    """
    until = time.monotonic() + READY_SECONDS
    while not (_open(port) and _held(process, port)):
        if process.poll() is not None or time.monotonic() > until or _full(home):
            raise _why(home)
        time.sleep(0.05)
    try:
        _first_password(home, port)
    except exceptions.AuthError:
        raise ServerProblem(
            f"The database refuses the password in {home.password_file}. Put the right file back, "
            "or begin anew with `tieline database wipe`."
        ) from None
    except (exceptions.Neo4jError, exceptions.DriverError) as error:
        raise _why(home, f" ({error})") from None
    if process.poll() is not None:
        raise _why(home)


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


def _port(home: Home) -> int:
    """The port of the last start, so that those who know the address find it again; else another.

    Whoever is connected to a database that is started anew has only to ask again.
    """
    last = home.port()
    if last is not None and free(last):
        return last
    port = next(port for port in random.sample(PORTS, len(PORTS)) if free(port))
    if last is not None:
        told = f"Port {last} is another program's now: the database answers on {port} from now on."
        print(told, file=sys.stderr)
    home.keep_port(port)
    return port


def free(port: int) -> bool:
    """Whether a server can listen there, as far as can be seen now."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it means that a port may be taken from its holder
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except (OSError, OverflowError):
            return False
        return True


def _full(home: Home) -> bool:
    """On a full disk a server neither comes up nor ends."""
    return shutil.disk_usage(home.neo4j).free < NOTHING


def no_room(home: Home) -> ServerProblem:
    return ServerProblem(
        f"There is no room for the database in {home.neo4j}. Make room, {FULL // 10**6} MB at "
        "least, and do it again: what was committed is kept."
    )


def _why(home: Home, more: str = "") -> ServerProblem:
    """Why it did not start, as its log says."""
    with suppress(OSError):
        if shutil.disk_usage(home.neo4j).free < FULL:
            return no_room(home)
    lines = home.log.read_text("utf-8", errors="replace").splitlines()
    if any("PortBindException" in line for line in lines):
        return PortTaken("The port of the database was taken by another program meanwhile.")
    told = next((line for line in reversed(lines) if line and "WARNING" not in line), "")
    said = f"The database did not start. {told} Its log: {home.log}{more}"
    return ServerProblem(said.replace("  ", " "))
