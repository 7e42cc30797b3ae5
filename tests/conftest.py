"""A real Neo4j for the tests: the one whose address is given, or an embedded one of our own.

The database is emptied between tests by deleting. A given address is used only if its database is
empty, or if TIELINE_TESTS_MAY_EMPTY=1 says that what it holds may go.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
from neo4j import AsyncDriver, GraphDatabase

from tieline.database import server
from tieline.database.address import Address, find, given
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.reader import Reader, open_driver
from tieline.schema.consent import Viewer

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, Any]], Any]
# A busy machine is no defect; in CI the examples are the same each time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")
os.environ["TIELINE_STRICT_NOTIFICATIONS"] = "1"  # what the server remarks on is an error


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server for the whole session."""
    if found := given():
        _ours_to_empty(found)
        yield found
        return
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(home))
        patch.setenv("TIELINE_IDLE_MINUTES", "5")  # a killed run leaves nothing behind for long
        yield find()
        server.stop()


@pytest.fixture(scope="session")
def connection(address: Address) -> Iterator[Graph]:
    """One Graph for the whole session: tests ask for `graph`."""
    with Graph(address) as graph:
        yield graph


@pytest.fixture
def graph(connection: Graph) -> Graph:
    """An empty graph, the model installed."""
    empty(connection)
    install(connection)
    return connection


@pytest.fixture
def raw(address: Address, graph: Graph) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Any Cypher, to set up or look at a small graph: raw("CREATE (:Person {uid: $u})", u=1)."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as opened:
        yield lambda text, **params: [
            record.data()
            for record in opened.execute_query(text, params, database_=address.database).records
        ]


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Runs a coroutine to its end, on one event loop for the session (a driver belongs to one)."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="session")
def driver(address: Address, run: Run) -> Iterator[AsyncDriver]:
    opened = open_driver(address)
    yield opened
    run(opened.close())


@pytest.fixture
def reader(driver: AsyncDriver, address: Address) -> Callable[[int], Reader]:
    """A reader at a level: reader(4) sees what anyone may see."""
    return lambda level: Reader(driver, address.database, Viewer(level))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real partner files, which the repository does not hold."""
    folder = Path(os.environ.get("TIELINE_SHARED_DATA") or _beside())
    if not folder.is_dir():
        pytest.skip(f"no partner files at {folder}: set TIELINE_SHARED_DATA")
    return folder


def empty(graph: Graph, batch: int = 2_000) -> None:
    while graph.write(lambda steps: steps.run("database/empty", batch=batch))[0]["deleted"]:
        pass


def _beside() -> Path:
    return Path(__file__).parent.parent.parent / "shared" / "data"


def _ours_to_empty(address: Address) -> None:
    if os.environ.get("TIELINE_TESTS_MAY_EMPTY") == "1":
        return
    with Graph(address) as graph:
        if graph.read("database/anything"):
            pytest.exit(
                f"The database at {address.uri} is not empty, and these tests empty it. Name "
                "another, or set TIELINE_TESTS_MAY_EMPTY=1 if what it holds may go.",
                returncode=2,
            )
