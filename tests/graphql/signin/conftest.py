"""The application under a real server, on the tests' database, with a home of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from tieline.database.address import Address
from tieline.graphql import limits
from tieline.graphql.app import build
from tieline.graphql.serving import bound
from tieline.schema.consent import Viewer


@contextmanager
def answering(address: Address) -> Iterator[httpx.Client]:
    """The application on a port of its own, for anyone."""
    taken = bound("127.0.0.1", 0)
    config = uvicorn.Config(build(address, Viewer(4)), log_config=None, access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    url, until = f"http://127.0.0.1:{taken.getsockname()[1]}", time.monotonic() + 120
    try:
        with httpx.Client(base_url=url, timeout=120) as opened:
            while not server.started:
                assert thread.is_alive() and time.monotonic() < until
                time.sleep(0.02)
            yield opened
    finally:
        server.should_exit = True
        thread.join()
        taken.close()


@pytest.fixture
def client(
    address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    """Once it has planned its questions: ended before, it would leave them half asked."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    with answering(address) as opened:
        until = time.monotonic() + 120
        while opened.get("/readyz").status_code == 503:
            assert time.monotonic() < until
            time.sleep(0.05)
        yield opened


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The same where no database answers."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    with answering(Address("bolt://127.0.0.1:9", "neo4j", "none", "neo4j")) as opened:
        yield opened
