"""graphql-transport-ws, rule by rule: what is said, and with what each fault closes the socket."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tieline.graphql import limits

VIEWER = "{ viewer { level } }"
ENDLESS = "subscription { judged { verdict } }"


def test_a_query_is_answered_and_completes(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(VIEWER, id="a")
        told, end = socket.rest()
        assert told["payload"]["data"] == {"viewer": {"level": "ANONYMOUS"}}
        assert told["id"] == "a" and end == {"id": "a", "type": "complete"}
        socket.ask(VIEWER, id="a")  # an id is free again
        assert [each["type"] for each in socket.rest()] == ["next", "complete"]


def test_operations_share_a_connection(service: Any) -> None:
    with service.socket() as socket:
        socket.begin()
        for at in range(8):
            socket.ask(VIEWER, id=str(at))
        heard = [socket.hear() for _ in range(16)]
        for at in range(8):
            of = [each["type"] for each in heard if each["id"] == str(at)]
            assert of == ["next", "complete"]


def test_a_payload_may_be_null_and_a_ping_is_answered(service: Any) -> None:
    with service.socket() as socket:
        socket.say(type="ping")
        assert socket.hear() == {"type": "pong"}
        socket.say(type="connection_init", payload=None)
        assert socket.hear() == {"type": "connection_ack"}
        socket.say(type="pong", payload={"said": "unasked"})
        socket.say(type="complete", id="never begun")
        socket.ask(VIEWER)
        assert socket.rest()[-1]["type"] == "complete"


def test_whoever_asks_before_the_acknowledgement_is_closed_with_4401(service: Any) -> None:
    with service.socket() as socket:
        socket.ask(VIEWER)
        assert socket.closed() == (4401, "Unauthorized")


def test_whoever_begins_twice_is_closed_with_4429(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().say(type="connection_init")
        assert socket.closed() == (4429, "Too many initialisation requests")


def test_an_id_in_use_closes_with_4409(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(ENDLESS, id="x")
        socket.ask(ENDLESS, id="x")
        assert socket.closed() == (4409, "Subscriber for x already exists")


def test_whoever_says_nothing_is_closed_with_4408(service: Any, monkeypatch: Any) -> None:
    allowed = service.live.open.allowed
    monkeypatch.setattr(service.live.open, "allowed", replace(allowed, init=1))
    with service.socket() as socket:
        assert socket.closed() == (4408, "Connection initialisation timeout")


def test_another_subprotocol_closes_with_4406(service: Any) -> None:
    for others in (["graphql-ws"], None):
        with service.socket(subprotocols=others) as socket:
            assert socket.closed()[0] == 4406


@pytest.mark.parametrize(
    "message",
    [
        "no JSON",
        "[" * 50_000,
        "[]",
        "7",
        '"ping"',
        "{}",
        '{"type": 7}',
        '{"type": []}',
        '{"type": "start"}',
        '{"type": "ping", "payload": []}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ a }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}',
        '{"type": "subscribe", "id": ["1"], "payload": {"query": "{ a }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": {}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 7}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": []}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": 7}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "extensions": "x"}}',
        '{"type": "complete", "id": {}}',
        b"{}",
    ],
)
def test_what_is_no_message_closes_with_4400(service: Any, message: str | bytes) -> None:
    with service.socket() as socket:
        socket.begin().ws.send(message)
        code, reason = socket.closed()
        assert code == 4400 and reason


def test_a_message_too_large_closes_with_1009(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(VIEWER + " " * limits.BODY)
        assert socket.closed()[0] == 1009


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ viewer {", "SYNTAX"),
        ("{ nothing }", "BAD_REQUEST"),
        ("subscription { judged { verdict } loadProgress(load: 1) { rows } }", "BAD_REQUEST"),
        ("{" + " ".join(f"a{n}: viewer {{ level }}" for n in range(16)) + "}", "TOO_MUCH_ALIASES"),
        ("{ people(first: 100) { nodes { ties(first: 100) { nodes { to { ties(first: 100) { nodes "
         "{ label } } } } } } } }", "TOO_MUCH_COST"),
        ("{ " + "a " * 1001 + "}", "TOO_LONG"),
        ("", "BAD_REQUEST"),
    ],
)  # fmt: skip
def test_limits_hold_and_refuse_the_one_operation(service: Any, query: str, code: str) -> None:
    with service.socket() as socket:
        socket.begin().ask(query)
        (told,) = socket.rest()
        assert told["type"] == "error" and told["id"] == "1"
        assert told["payload"][0]["extensions"]["code"] == code, told
        socket.ask(VIEWER)
        assert socket.rest()[-1]["type"] == "complete"


def test_an_error_is_as_over_http(service: Any) -> None:
    asked = {"query": "{ loads { totalCount } }"}
    over_http = service.http.post("/graphql", json=asked).json()
    with service.socket() as socket:
        socket.begin().ask(asked["query"])
        assert socket.rest()[0]["payload"] == over_http
    with service.events(asked["query"]) as events:
        assert next(events) == {"event": "next", "data": over_http}


def test_whatever_a_client_ended_says_nothing_more(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(ENDLESS, id="x")
        socket.say(type="complete", id="x")
        socket.ask(VIEWER, id="y")
        assert {each["id"] for each in socket.rest()} == {"y"}


def test_only_so_many_operations_at_once(service: Any, monkeypatch: Any) -> None:
    allowed = service.live.open.allowed
    monkeypatch.setattr(service.live.open, "allowed", replace(allowed, subscriptions=2))
    with service.socket() as socket:
        socket.begin()
        for id in "abc":
            socket.ask(ENDLESS, id=id)
        told = socket.hear()
        assert (told["type"], told["id"]) == ("error", "c")
        assert told["payload"][0]["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
        socket.say(type="complete", id="a")
        socket.ask(VIEWER, id="d")
        assert {each["id"] for each in socket.rest()} == {"d"}


def test_saved_documents_alone_where_no_others_are_answered(service: Any, monkeypatch: Any) -> None:
    from tieline.graphql.documents import known, sha256
    from tieline.graphql.operations import saved

    view = service.live.view
    monkeypatch.setattr(view, "allowed", replace(view.allowed, saved=True))
    text = saved()["sources"].text
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}
    assert sha256(text) in known()
    with service.socket() as socket:
        socket.begin().ask(VIEWER)
        (told,) = socket.rest()
        assert told["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_SAVED"
        socket.ask(text)
        assert socket.rest()[-1]["type"] == "complete"
        socket.say(id="2", type="subscribe", payload={"extensions": persisted})
        assert socket.rest()[-1] == {"id": "2", "type": "complete"}


def test_each_operation_counts_as_a_request(service: Any, monkeypatch: Any) -> None:
    from tieline.graphql.rate import Rate

    monkeypatch.setattr(service.live.view, "rate", Rate(12))  # three at once
    token = service.token("member")
    with service.socket() as socket:
        socket.begin(token)
        codes = []
        for at in range(5):
            socket.ask(VIEWER, id=str(at))
            told = socket.rest()[0]
            codes.append(told["type"])
        assert codes == ["next"] * 3 + ["error"] * 2, json.dumps(told)
        assert told["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


def test_a_browsers_event_source_asks_by_get_and_changes_nothing(service: Any) -> None:
    accept = {"accept": "text/event-stream"}
    told = service.http.get("/graphql", params={"query": VIEWER}, headers=accept)
    assert told.headers["content-type"] == "text/event-stream"
    assert told.headers["cache-control"] == "no-cache, no-transform"
    assert told.text.startswith('event: next\r\ndata: {"data":{"viewer":{"level":"ANONYMOUS"}}')
    assert told.text.endswith("event: complete\r\ndata: \r\n\r\n")
    change = "mutation { unjudge(left: 1, right: 2) { sentence } }"
    told = service.http.get("/graphql", params={"query": change}, headers=accept)
    assert '"errors"' in told.text and '"data":{"data"' not in told.text


def test_an_operation_may_read_what_was_written(service: Any, raw: Any) -> None:
    token, changed = service.token("steward"), {"extensions": {"bookmark": "none of ours"}}
    with service.socket() as socket:
        socket.begin(token).ask(VIEWER, **changed)
        assert socket.rest()[0]["payload"][0]["extensions"]["code"] == "BAD_BOOKMARK"


@pytest.mark.parametrize("query", ["{ viewer {", "{ nothing }", "", "{ " + "a " * 1001 + "}"])
def test_what_is_refused_before_it_begins_is_an_event_too(service: Any, query: str) -> None:
    with service.events(query) as events:
        first, last = next(events), next(events)
        assert first["data"]["errors"][0]["extensions"]["code"] and "data" not in first["data"]
        assert last["event"] == "complete"
