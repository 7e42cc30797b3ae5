"""What can be said of the database without starting anything."""

from contextlib import suppress
from dataclasses import dataclass

import neo4j
import psutil

from tieline.database import memory, server
from tieline.database.address import Address, given
from tieline.database.driver import mended, options
from tieline.database.home import Home, Serving
from tieline.errors import TielineError
from tieline.settings import said, settings


@dataclass(frozen=True)
class Status:
    """`pid` and all after it are of the server run here; null for any other.

    `heap`, `page_cache`, `resident`: megabytes it may take, was given, and takes now.
    """

    running: bool
    uri: str | None
    user: str
    password_file: str | None
    database: str
    version: str | None
    pid: int | None
    data: str | None
    bytes: int | None
    heap: int | None = None
    page_cache: int | None = None
    resident: int | None = None


def look() -> Status:
    """The status now, of the address that the environment gives or else of the embedded server."""
    address = given()
    return _of_given(address) if address else _of_ours(Home.current())


def _of_ours(home: Home) -> Status:
    serving, found = home.serving(), server.running()
    given = (memory.running(home) if found else None) or memory.chosen()
    return Status(
        running=found is not None,
        uri=found.uri if found else None,
        user=server.USER,
        password_file=str(home.password_file) if home.password_file.exists() else None,
        database=server.DATABASE,
        version=settings().version,
        pid=serving.pid if serving and found else None,
        data=str(home.data),
        bytes=home.bytes() if home.data.exists() else 0,
        heap=given.heap,
        page_cache=given.cache,
        resident=_resident(serving) if serving and found else None,
    )


def _resident(serving: Serving) -> int | None:
    with suppress(psutil.Error):
        taken: int = psutil.Process(serving.pid).memory_info().rss
        return taken // 2**20
    return None


def _of_given(address: Address) -> Status:
    version = _version(address)
    return Status(
        running=version is not None,
        uri=address.uri,
        user=address.user,
        password_file=said("TIELINE_NEO4J_PASSWORD_FILE") or None,
        database=address.database,
        version=version,
        pid=None,
        data=None,
        bytes=None,
    )


def _version(address: Address) -> str | None:
    """The server's own word, or None if it does not answer us."""
    try:
        with mended(address.uri):
            driver = neo4j.GraphDatabase.driver(address.uri, **options(address))
            with driver:
                return driver.get_server_info().agent.removeprefix("Neo4j/")
    except TielineError:
        return None
