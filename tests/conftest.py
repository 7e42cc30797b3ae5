"""A real Neo4j for the tests: the one whose address is given, or one of our own.

Ours is embedded; TIELINE_TEST_SERVER=container asks for one in a container, and
TIELINE_TEST_SCHEME=neo4j for routed addresses. Tests of the embedded server itself use one anyway.

The database is emptied between tests by deleting. A given address is used only if its database is
empty, or if TIELINE_TESTS_MAY_EMPTY=1 says that what it holds may go.
"""

import asyncio
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import hypothesis
import pytest
from neo4j import AsyncDriver, GraphDatabase

from tieline.database import server
from tieline.database.address import Address, find, given
from tieline.database.fetch import classpath
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.reader import Reader, open_driver
from tieline.errors import ServerProblem
from tieline.schema.consent import Viewer
from tieline.settings import settings

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, Any]], Any]
# A busy machine is no defect, and what one run passes the next one does: the same examples. New
# ones are drawn by `make test-all`.
hypothesis.settings.register_profile("new", deadline=None)
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")
os.environ["TIELINE_STRICT_NOTIFICATIONS"] = "1"  # what the server remarks on is an error
os.environ.setdefault("TIELINE_TODAY", "2026-11-21")  # projects in tests run, and end, by then


def pytest_collection_finish(session: pytest.Session) -> None:
    """The server's files are fetched before the first test's time begins: a line may be slow."""
    wanted = any("address" in getattr(item, "fixturenames", ()) for item in session.items)
    if wanted and not session.config.option.collectonly and not given():
        if _choice("TIELINE_TEST_SERVER", *SERVERS) == "embedded":
            with suppress(ServerProblem):  # the first who asks for a server is told
                classpath()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server for the whole session."""
    if found := given():
        _ours_to_empty(found)
        yield found
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("TIELINE_IDLE_MINUTES", "5")  # a killed run leaves nothing behind for long
        with SERVERS[_choice("TIELINE_TEST_SERVER", *SERVERS)]() as ours:
            yield _told(ours, patch)


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


@pytest.fixture(scope="session")
def patient() -> Callable[[str, str], Any]:
    """Asks a GraphQL service that has just started, and whose first answers may take too long."""

    def ask(url: str, query: str) -> Any:
        for _ in range(60):
            told = httpx.post(url, json={"query": query}, timeout=60).raise_for_status().json()
            if "errors" not in told:
                return told["data"]
            codes = {each["extensions"]["code"] for each in told["errors"]}
            assert codes == {"TOOK_TOO_LONG"}, told["errors"]
            time.sleep(1)
        raise AssertionError(told["errors"])

    return ask


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is committed or about to be, as somebody would have it after a clone."""
    root, copy = Path(__file__).parent.parent, tmp_path_factory.mktemp("checkout") / "tieline"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=root, check=True, capture_output=True, text=True).stdout
    for name in names.rstrip("\0").split("\0"):
        if (root / name).is_symlink() or (root / name).is_file():  # not: removed, not yet committed
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, copy / name, follow_symlinks=False)
    return copy


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many megabytes, in memory: small_disk(100). Where none may be made, skipped."""
    made: list[Path] = []

    def mount(megabytes: int) -> Path:
        folder = tmp_path / f"a small disk {len(made)}"
        folder.mkdir()
        line = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        if not shutil.which("mount") or subprocess.run(line, capture_output=True).returncode:
            pytest.skip("no disk may be made here")
        made.append(folder)
        return folder

    yield mount
    for folder in made:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def empty(graph: Graph, batch: int = 2_000) -> None:
    while graph.write(lambda steps: steps.run("database/empty", batch=batch))[0]["deleted"]:
        pass


@contextmanager
def _embedded() -> Iterator[Address]:
    try:
        yield find()
    finally:
        server.stop()


@contextmanager
def _container() -> Iterator[Address]:
    """Neo4j's own image, set as the embedded server is; it goes when this run goes, killed too."""
    from docker.errors import DockerException  # type: ignore[import-untyped]
    from testcontainers.community.neo4j import Neo4jContainer

    image, password = f"neo4j:{settings().version}", secrets.token_hex(12)
    try:
        made = Neo4jContainer(image, username="neo4j", password=password)
    except DockerException as error:
        pytest.exit(f"TIELINE_TEST_SERVER=container wants a container engine ({error}).", 2)
    with made.with_envs(**CONTAINER) as running:
        yield Address(running.get_connection_url(), "neo4j", password, "neo4j")


SERVERS = {"embedded": _embedded, "container": _container}
CONTAINER = {
    "NEO4J_server_memory_heap_max__size": "512m",
    "NEO4J_server_memory_pagecache_size": "128m",
    "NEO4J_db_transaction_timeout": "10m",
    "NEO4J_db_transaction_monitor_check_interval": "500ms",
    "NEO4J_db_tx__log_preallocate": "false",
    "NEO4J_internal_cypher_use__parameter__size": "false",
    "NEO4J_dbms_usage__report_enabled": "false",
}


def _choice(name: str, *known: str) -> str:
    """What a variable says, the first if nothing; anything unknown ends the run."""
    said = os.environ.get(name) or known[0]
    if said not in known:
        pytest.exit(f"{name} is {said!r}: say {' or '.join(known)}.", 2)
    return said


def _told(ours: Address, patch: pytest.MonkeyPatch) -> Address:
    """The address by the scheme that is asked for; commands too are led to it."""
    scheme = _choice("TIELINE_TEST_SCHEME", "bolt", "neo4j")
    if ours.embedded and scheme == "bolt":
        return ours  # they find it in TIELINE_HOME
    patch.setenv("TIELINE_NEO4J_URI", f"{scheme}://{ours.uri.partition('://')[2]}")
    patch.setenv("TIELINE_NEO4J_USER", ours.user)
    patch.setenv("TIELINE_NEO4J_PASSWORD", ours.password)
    patch.setenv("TIELINE_NEO4J_DATABASE", ours.database)
    patch.delenv("TIELINE_NEO4J_PASSWORD_FILE", raising=False)
    return find()


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
