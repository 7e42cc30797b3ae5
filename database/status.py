"""What can be said of the database without starting anything."""

import os
from dataclasses import dataclass

import neo4j

from tieline.database import server
from tieline.database.address import Address, given
from tieline.database.driver import mended, options
from tieline.database.home import Home
from tieline.errors import TielineError
from tieline.settings import settings


@dataclass(frozen=True)
class Status:
    """`pid`, `data` and `bytes` are those of the server run here; null for any other.

    `uri` is null while the embedded server is down: each start takes a free port.
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


def look() -> Status:
    """The status now, of the address that the environment gives or else of the embedded server."""
    address = given()
    return _of_given(address) if address else _of_ours(Home.current())


def _of_ours(home: Home) -> Status:
    serving, found = home.serving(), server.running()
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
    )


def _of_given(address: Address) -> Status:
    version = _version(address)
    return Status(
        running=version is not None,
        uri=address.uri,
        user=address.user,
        password_file=os.environ.get("TIELINE_NEO4J_PASSWORD_FILE") or None,
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
