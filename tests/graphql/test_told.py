"""What `tieline serve` tells whoever runs it: where it answers, and what the database lacked."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.errors import WrongUse
from tieline.graphql import mapped
from tieline.graphql.app import build
from tieline.graphql.serving import Telling, base, bound, configured, everywhere, told
from tieline.schema.consent import Viewer

TIELINE = Path(sys.executable).with_name("tieline")
AWAY = Address("bolt://127.0.0.1:9", "neo4j", "none", "neo4j")
HOSTS = ["127.0.0.1", "localhost", "0.0.0.0", "", "::1", "::"]


@pytest.mark.parametrize("host", HOSTS)
def test_the_address_that_is_told_is_one_that_answers(host: str) -> None:
    try:
        taken = bound(host, 0)
    except WrongUse:
        if ":" in host:
            pytest.skip("this machine has no IPv6")
        raise
    with taken:
        taken.listen()
        parts = urlsplit(base(host, taken.getsockname()[1]))
        assert parts.path == "/" and parts.hostname and parts.port
        socket.create_connection((unquote(parts.hostname), parts.port), 5).close()
        assert everywhere(host) == (host in ("0.0.0.0", "", "::"))


def test_an_address_of_a_link_is_told_as_browsers_want_it() -> None:
    assert base("fe80::1%eth0", 80) == "http://[fe80::1%25eth0]:80/"


@pytest.mark.parametrize(
    "host", ["localhost:9000", "http://localhost", "192.0.2.1", "nosuch.invalid"]
)
def test_a_host_that_is_none_is_not_mended_by_another_port(host: str) -> None:
    with pytest.raises(WrongUse, match="with --host"):
        bound(host, 0)


@pytest.mark.parametrize("end", ["", "/"])
def test_each_thing_has_its_address_with_a_slash_or_without(
    end: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = configured(build(AWAY, Viewer(4)))
    monkeypatch.setattr(mapped, "built", lambda: True)  # only told: here it may not be
    server = Telling(app, f"http://here:80{end}", "anonymous", True)
    told(server.url, server.level, server.everywhere)
    first, wide, picture, _ = capsys.readouterr().err.splitlines()
    assert first == "Answering anonymous questions at http://here:80/graphql (Ctrl-C ends it)"
    assert picture == "The map is at http://here:80/map" and wide.startswith("Others reach it")


DROP = "SHOW %s YIELD * WHERE NOT coalesce(type, '') = 'LOOKUP' RETURN name"


@pytest.mark.slow
def test_an_empty_database_is_made_ready_and_shown_as_empty(
    address: Address, graph: Graph, change: Callable[..., object], tmp_path: Path
) -> None:
    """One that somebody else runs, and that nothing was ever put in: no other command is needed."""
    change("MATCH (n) DETACH DELETE n")
    for kind in ("CONSTRAINT", "INDEX"):
        found = change(DROP % f"{kind}{'ES' if kind == 'INDEX' else 'S'}")
        for (name,) in found.records:  # type: ignore[attr-defined]
            change(f"DROP {kind} `{name}`")
    given = {"URI": address.uri, "USER": address.user, "PASSWORD": address.password}
    given |= {"DATABASE": address.database}
    env = os.environ | {f"TIELINE_NEO4J_{name}": value for name, value in given.items()}
    env |= {"TIELINE_HOME": str(tmp_path)}
    env.pop("TIELINE_NEO4J_PASSWORD_FILE", None)
    line = [str(TIELINE), "serve", "--port", "0"]
    process = subprocess.Popen(line, env=env, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = [process.stderr.readline()]
        while "Answering" not in said[-1]:
            assert said[-1], "it ended"
            said.append(process.stderr.readline())
        assert "parts of the model: brought now." in said[0] and len(said) == 2, said
        at = said[1].split(" at ")[1].split()[0]
        with httpx.Client(timeout=60) as client:
            body = {"query": "{ map { totalActors uncertainty coverage { sentence } } }"}
            seen = client.post(at, json=body).json()["data"]["map"]
            assert seen["totalActors"] == 0 and "nobody's data" in seen["coverage"]["sentence"]
            page = client.get(at, headers={"accept": "text/html"})
            assert page.status_code == 200 and "<!doctype html>" in page.text.lower()
            told = client.get(at.replace("graphql", "readyz")).text
            assert "the log" not in told  # where it would say that something is not well
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[1]
        assert process.returncode == 0 and "WARNING" not in rest and "MATCH" not in rest
    finally:
        process.kill()
        process.wait()
        install(graph)
