"""Another server by address: used, looked at, never started or ended by us."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tieline.cli import database
from tieline.database import status
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.errors import WrongUse
from tieline.settings import settings


@pytest.fixture
def elsewhere(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """The session's server, named by the environment as a stranger's would be."""
    secret = tmp_path / "password"
    secret.write_text(address.password + "\n", "utf-8")
    monkeypatch.setenv("TIELINE_NEO4J_URI", address.uri.replace("bolt://", "neo4j://"))
    monkeypatch.delenv("TIELINE_NEO4J_PASSWORD", raising=False)
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD_FILE", str(secret))
    return find()


def test_the_environment_comes_first(elsewhere: Address) -> None:
    assert elsewhere.uri.startswith("neo4j://")
    assert not elsewhere.embedded
    with Graph(elsewhere) as graph:
        first = graph.version()
        assert graph.read("database/ping") == [{"here": 1}]
        assert graph.version() == first


def test_status_tells_of_it(elsewhere: Address) -> None:
    now = status.look()
    assert (now.running, now.uri, now.version) == (True, elsewhere.uri, settings().version)
    assert (now.pid, now.data, now.bytes) == (None, None, None)


@pytest.mark.parametrize("words", [["start"], ["stop"], ["logs"], ["wipe", "--yes"]])
def test_it_is_not_ours_to_touch(elsewhere: Address, words: list[str]) -> None:
    told = CliRunner().invoke(database.command, words)
    assert isinstance(told.exception, WrongUse)
    assert "Unset TIELINE_NEO4J_URI" in str(told.exception)
    with Graph(elsewhere) as graph:
        assert graph.read("database/ping")


def test_nobody_there_is_a_status_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_NEO4J_URI", "bolt://127.0.0.1:1")
    now = status.look()
    assert (now.running, now.version, now.uri) == (False, None, "bolt://127.0.0.1:1")
