"""The example field behind `tieline serve`, and a real Chromium to look at it with."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.browser import Visit, browsing
from web.build import HERE, Unbuilt, build, node

from tieline.cli.demo import FROM, load_field
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.graphql.app import BUNDLE
from tieline.loaders.refresh import refresh
from tieline.settings import settings

TODAY = "2026-11-21"


@pytest.fixture(scope="module")
def field(connection: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The whole example field, as of one day; in a home of its own, which alone remembers whoever
    is erased from it."""
    at = connection.address
    told = {"URI": at.uri, "USER": at.user, "PASSWORD": at.password, "DATABASE": at.database}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TIELINE_NEO4J_PASSWORD_FILE", raising=False)
        for name, value in told.items():
            patch.setenv(f"TIELINE_NEO4J_{name}", value)
        patch.setenv("TIELINE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("TIELINE_TODAY", TODAY)
        while connection.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
            pass
        install(connection)
        load_field(connection)
        refresh(connection, settings().today)
        yield connection


@contextmanager
def serving(level: str) -> Iterator[str]:
    """`tieline serve --as level` on a free port: where it answers, once it is ready. On a busy
    machine a question may take longer than is usually allowed."""
    line = [str(Path(sys.executable).parent / "tieline"), "serve", "--port", "0", "--as", level]
    patient = os.environ | {"TIELINE_LIMITS": "seconds=60"}
    pipe = subprocess.PIPE
    with subprocess.Popen(line, stderr=pipe, text=True, env=patient) as process:
        assert process.stderr
        try:
            url, told = "", ""
            while not url and (line_ := process.stderr.readline()):
                told += line_
                url = next((word for word in line_.split() if word.startswith("http")), "")
            assert url, told
            while httpx.get(url.replace("/graphql", "/readyz"), timeout=60).status_code != 200:
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.stderr.read()


@pytest.fixture(scope="module")
def graphiql() -> Path:
    """GraphiQL, built if it is not; without npm's registry the test is skipped."""
    if not (BUNDLE / "index.html").is_file():
        try:
            build(HERE / "graphiql", node())
        except Unbuilt as error:
            pytest.skip(f"GraphiQL cannot be built here: {error}")
    return BUNDLE


@pytest.fixture(scope="module")
def served(field: Graph, graphiql: Path) -> Iterator[str]:
    with serving("steward") as url:
        yield url


@pytest.fixture(scope="module")
def person(field: Graph, graphiql: Path) -> Iterator[str]:
    """To one of the field alone."""
    with serving(f"person:{FROM}") as url:
        yield url


@pytest.fixture
def visit() -> Iterator[Visit]:
    with browsing() as opened:
        yield opened


def put(url: str, query: str, **variables: Any) -> Any:
    """The data of a document, asked without a browser."""
    told = httpx.post(url, json={"query": query, "variables": variables}, timeout=60).json()
    assert "errors" not in told, told["errors"]
    return told["data"]
