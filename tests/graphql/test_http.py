"""GraphQL over HTTP, on the application as `tieline serve` runs it."""

import base64
import errno
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from tests.graphql.served import answering as served

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.errors import WrongUse
from tieline.graphql import app, limits
from tieline.graphql.app import PAGE
from tieline.graphql.live import events
from tieline.graphql.operations import saved
from tieline.graphql.serving import bound

Uids = dict[str, str]
OLD, NEW = "application/json", "application/graphql-response+json"


@pytest.fixture
def client(
    address: Address, field: Uids, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    """Anonymous, with our own page: the bundle is there only where it has been built."""
    monkeypatch.setattr(app, "BUNDLE", PAGE.parent / "nowhere")
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    with served(address) as opened:
        yield opened


def put(client: httpx.Client, query: str, accept: str = NEW, **variables: Any) -> Any:
    body = {"query": query, "variables": variables}
    return client.post("/graphql", json=body, headers={"accept": accept})


def test_a_question_over_http(client: httpx.Client, field: Uids) -> None:
    got = put(client, "{ people { totalCount nodes { name } } viewer { level numbers } }")
    assert got.status_code == 200
    assert got.headers["content-type"].startswith(NEW)
    assert got.headers["vary"] == "accept, authorization"
    assert got.json()["data"] == {
        "people": {
            "totalCount": 3,
            "nodes": [{"name": "Ana Ash"}, {"name": "Ben Birch"}, {"name": "Eli Elm"}],
        },
        "viewer": {"level": "ANONYMOUS", "numbers": False},
    }
    assert got.json()["extensions"]["cost"] == 41


def test_all_that_is_public_and_no_more(client: httpx.Client, field: Uids) -> None:
    """The page's first question, and the hidden by every name they have."""
    got = put(client, saved()["people"].text)
    assert "Ana Ash" in got.text
    assert not re.search("Hana|Dev Dogwood|Cat Cedar|Stew", got.text)
    for id in (field["Hana Hidden"], "Hana Hidden"):
        got = put(client, "query($id: ID!) { node(id: $id) { id } }", id=id)
        assert got.json()["data"] == {"node": None}


def test_get_asks_too(client: httpx.Client) -> None:
    got = client.get("/graphql", params={"query": "{ viewer { level } }"}, headers={"accept": NEW})
    assert got.json()["data"] == {"viewer": {"level": "ANONYMOUS"}}


@pytest.mark.parametrize(
    ("query", "code"),
    [("{", "SYNTAX"), ("{ nobody }", "BAD_REQUEST"), ("{ a: " * 9, "SYNTAX")],
)
def test_what_is_not_executed_has_no_data(client: httpx.Client, query: str, code: str) -> None:
    got = put(client, query)
    assert got.status_code == 400
    assert "data" not in got.json()
    assert got.json()["errors"][0]["extensions"]["code"] == code
    old = put(client, query, OLD)
    assert (old.status_code, old.headers["content-type"]) == (200, OLD)


def test_an_error_in_a_field_leaves_the_rest(client: httpx.Client) -> None:
    got = put(client, "{ loads { totalCount } viewer { level } }")
    assert got.status_code == 200
    assert got.json()["data"] == {"loads": None, "viewer": {"level": "ANONYMOUS"}}
    error = got.json()["errors"][0]
    assert error["path"] == ["loads"] and error["extensions"] == {"code": "FORBIDDEN"}


def test_no_batches(client: httpx.Client) -> None:
    one = {"query": "{ viewer { level } }"}
    got = client.post("/graphql", json=[one, one])
    assert got.status_code == 400
    assert got.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_a_body_has_a_size(client: httpx.Client) -> None:
    got = put(client, "# " + "x" * limits.BODY + "\n{ viewer { level } }")
    assert got.status_code == 413
    assert got.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"

    def chunks() -> Iterator[bytes]:
        yield from [b" " * 10_000] * 30

    got = client.post("/graphql", content=chunks(), headers={"content-type": OLD})
    assert got.status_code == 413


@pytest.mark.parametrize(
    ("method", "status"), [("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("POST", 400)]
)
def test_other_requests(client: httpx.Client, method: str, status: int) -> None:
    got = client.request(method, "/graphql", content=b"?", headers={"content-type": "text/plain"})
    assert got.status_code == status
    assert got.json()["errors"][0]["message"]


def test_a_fault_of_ours_says_nothing(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No Cypher, no stack trace: a mark that is found again in the log, in less than 1 kB."""
    monkeypatch.setattr("tieline.database.reader._query", lambda name, seconds: f"RETRUN {name}")
    got = put(client, "{ people { totalCount } }")
    error = got.json()["errors"][0]
    assert error["extensions"] == {"code": "INTERNAL"}
    assert "RETRUN" not in got.text and "people_count" not in got.text
    assert "Traceback" not in got.text
    mark = error["message"].rstrip(".").split()[-1]
    assert mark in caplog.text and len(caplog.text) < 1000


def test_health(client: httpx.Client) -> None:
    assert client.get("/healthz").text == "alive\n"
    until = time.monotonic() + 240
    while (got := client.get("/readyz")).status_code == 503 and time.monotonic() < until:
        assert "being planned" in got.text
        time.sleep(0.1)
    assert (got.status_code, got.text) == (200, "ready\nPathways: by Cypher.\n")


def test_what_is_in_memory_is_told(
    address: Address, field: Uids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what the level that is answered may see, and no more."""
    monkeypatch.setenv("TIELINE_SNAPSHOT_TIES", "0")
    for level, held in {4: "6 ties of 5 actors", 1: "12 ties of 9 actors"}.items():
        with served(address, level) as client:
            until = time.monotonic() + 60
            while "from memory" not in (got := client.get("/readyz")).text:
                assert time.monotonic() < until
                time.sleep(0.1)
            assert got.status_code == 200 and f" MB for {held}." in got.text


def test_not_ready_without_a_database(address: Address) -> None:
    away = Address("bolt://127.0.0.1:9", address.user, address.password, address.database)
    with served(away) as client:
        got = client.get("/readyz")
        assert got.status_code == 503 and "No database answers" in got.text
        got = put(client, "{ people { totalCount } }")
        assert got.status_code == 503 and got.headers["retry-after"] == "5"
        assert got.json()["errors"][0]["extensions"]["code"] == "DATABASE_AWAY"
        assert "127.0.0.1" not in got.text, "where it should be is nobody's business"
        got = client.get("/export/kumu")
        assert got.status_code == 503 and got.headers["retry-after"] == "5"
        assert "127.0.0.1" not in got.text
        assert client.get("/healthz").status_code == 200


def test_what_is_wrong_with_the_database_is_for_whoever_runs_it(address: Address) -> None:
    none = Address(address.uri, address.user, address.password, "nosuch")
    with served(none) as client:
        asked = put(client, "{ people { totalCount } }"), client.get("/export/kumu")
        for got in asked:
            (error,) = got.json()["errors"]
            assert error["extensions"]["code"] == "DATABASE_PROBLEM"
            assert "whoever runs" in error["message"], error
            assert not re.search(r"bolt|neo4j|\d\.\d|TIELINE", error["message"], re.IGNORECASE)
        got = client.get("/readyz")
        assert got.status_code == 503 and "says how to mend it" in got.text, "it is not away"
        assert "nosuch" not in got.text


def test_a_database_emptied_meanwhile_is_told_to_whoever_runs_it(
    address: Address,
    field: Uids,
    change: Callable[..., object],
    connection: Graph,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As one put in its place would be: how to mend it stands in the log, once; and it recovers."""
    with served(address) as client:
        try:
            change("DROP INDEX names")
            for _ in range(3):
                got = client.get("/readyz")
                assert got.status_code == 503 and "the log" in got.text
                assert "names" not in got.text and "migration" not in got.text
            told = [r.getMessage() for r in caplog.records if "not ready" in r.getMessage()]
            assert len(told) == 1 and told[0].endswith("Bring them: tieline schema install")
            got = put(client, '{ search(text: "ash", first: 3) { totalCount } }')
            assert got.json()["errors"][0]["extensions"]["code"] == "DATABASE_PROBLEM"
            assert "lacks an index" in caplog.text and "error of ours" not in caplog.text
        finally:
            install(connection)
        assert "the log" not in client.get("/readyz").text


def test_a_browser_gets_the_page(client: httpx.Client) -> None:
    got = client.get("/graphql", headers={"accept": "text/html"})
    assert got.status_code == 200 and "<!doctype html>" in got.text
    assert not re.search(r"https?://", got.text), "asks nothing of anyone else"
    assert client.get("/").headers["location"] == "/graphql"
    told = client.get("/graphiql/operations.json").json()
    assert [each["name"] for each in told][:3] == ["pathways", "bridges", "duplicates"]
    assert {each["question"] for each in told} >= {
        "Who can connect me?",
        "What holds this field together?",
        "Who already does this, or is here twice?",
    }


def test_small_answers_are_sent_at_once() -> None:
    """asyncio turns Nagle's waiting off only for sockets that name their protocol: 40 ms each."""
    taken = bound("127.0.0.1", 0)
    assert taken.proto == socket.IPPROTO_TCP
    taken.close()


def test_a_bookmark_of_another_database_is_said(address: Address, field: Uids) -> None:
    """As every client's is that kept one while the database was put back as it was."""
    none = ["FB:kcwQzzzzzzzz", "FB:kcwQexwOhwYcSbuZN203FlzRgczzzzzz", "x", "", "\ud7ff"]
    with served(address, 1) as client:
        for each in none:
            text = base64.urlsafe_b64encode(json.dumps([each], ensure_ascii=False).encode())
            header = {"x-tieline-bookmark": text.decode()}
            body = {"query": "{ people { totalCount } }"}
            (error,) = client.post("/graphql", json=body, headers=header).json()["errors"]
            assert error["extensions"]["code"] == "BAD_BOOKMARK", each


def test_a_port_in_use_is_said() -> None:
    taken = bound("127.0.0.1", 0)
    taken.listen()
    with pytest.raises(WrongUse, match="--port"):
        bound("127.0.0.1", taken.getsockname()[1])
    taken.close()


def test_something_said_over_http(
    address: Address, field: Uids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written by POST alone, and from JSON alone: no page elsewhere can make a browser say it."""
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    said = "mutation { correct(id: %s, field: %s, value: %s) { changed bookmark sentence } }"
    document = said % ('"Ana Ash"', '"bio"', '"Makes tea"')
    with served(address, 1) as client:
        told = put(client, document).json()
        assert told["errors"][0]["extensions"]["code"] == "NOT_FOUND"  # it has no id to be kept by
        new = (
            'mutation { add(input: {kind: ORGANISATION, name: "Guild"}) { changed bookmark uid } }'
        )
        told = put(client, new).json()
        assert "errors" not in told, told
        added = told["data"]["add"]
        assert added["changed"]
        headers = {"x-tieline-bookmark": added["bookmark"]}
        body = {"query": "{ organisations { nodes { uid } } }"}
        read = client.post("/graphql", json=body, headers=headers).json()
        assert {"uid": added["uid"]} in read["data"]["organisations"]["nodes"]
        wrong = client.post("/graphql", json=body, headers={"x-tieline-bookmark": "x"})
        assert wrong.json()["errors"][0]["extensions"]["code"] == "BAD_BOOKMARK"
        assert client.get("/graphql", params={"query": new}).status_code in (400, 405)
        plain = client.post(
            "/graphql", content=body["query"], headers={"content-type": "text/plain"}
        )
        assert plain.status_code in (400, 415)
    with served(address) as client:
        told = put(client, new).json()
        assert told["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="the system has no such limit")
def test_a_connection_that_takes_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "STALL", 0.2)
    with bound("127.0.0.1", 0) as taken, socket.socket() as idle:
        taken.listen()
        idle.connect(taken.getsockname())
        given, _ = taken.accept()
        given.settimeout(20)
        with given, pytest.raises(TimeoutError) as ended:
            while True:
                given.sendall(bytes(100_000))
        assert ended.value.errno == errno.ETIMEDOUT, "by the system"
