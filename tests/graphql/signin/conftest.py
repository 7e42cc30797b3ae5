"""The application under a real server, on the tests' database, with a home of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.graphql.served import answering
from tests.graphql.signin.issuing import Issuing, Signers, signers, telling

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.graphql import limits


@pytest.fixture
def client(
    address: Address, connection: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    install(connection)
    elsewhere = replace(address, embedded=False)  # not of this home: it must not begin one there
    with answering(elsewhere, ready=True) as opened:
        yield opened


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The same where no database answers."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    with answering(Address("bolt://127.0.0.1:9", "neo4j", "none", "neo4j")) as opened:
        yield opened


@pytest.fixture(scope="module", name="signers")
def made() -> Signers:
    return signers()


@pytest.fixture
def issuing(signers: Signers) -> Iterator[Issuing]:
    with telling(Issuing(dict(signers))) as issuer:
        yield issuer
