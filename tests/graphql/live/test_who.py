"""Who is connected: the same door and the same refusal; pages elsewhere are not heard."""

import logging
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.graphql.live.conftest import answering
from websockets.exceptions import InvalidStatus

from tieline.database.address import Address
from tieline.errors import WrongUse
from tieline.graphql.live.open import Allowed, allowed
from tieline.graphql.signin.door import REFUSED
from tieline.schema.consent import Viewer

VIEWER = "{ viewer { level } }"
JUDGED = "subscription { judged { verdict } }"
NOBODYS = "tieline_00000000_" + "x" * 43


def level(socket: Any) -> str:
    socket.ask(VIEWER)
    told: str = socket.rest()[0]["payload"]["data"]["viewer"]["level"]
    return told


def test_a_header_signs_in_and_so_does_the_first_message(service: Any) -> None:
    token = service.token("weaver")
    with service.socket(additional_headers={"authorization": f"Bearer {token}"}) as socket:
        assert level(socket.begin()) == "WEAVER"
    with service.socket() as socket:
        assert level(socket.begin(token)) == "WEAVER"
    with service.socket() as socket:
        socket.say(type="connection_init", payload={"authorization": f"bearer {token}", "x": 1})
        assert socket.hear()["type"] == "connection_ack" and level(socket) == "WEAVER"
    with service.socket(additional_headers={"authorization": f"Bearer {token}"}) as socket:
        assert level(socket.begin(token)) == "WEAVER", "twice the same is said once"
    with service.socket() as socket:
        assert level(socket.begin()) == "ANONYMOUS"


def test_what_opens_nothing_is_refused(service: Any) -> None:
    with pytest.raises(InvalidStatus) as caught:
        with service.socket(additional_headers={"authorization": f"Bearer {NOBODYS}"}):
            pass
    assert caught.value.response.status_code == 401
    assert REFUSED.encode() in caught.value.response.body
    token = service.token("weaver")
    for said in (f"Bearer {NOBODYS}", "Basic eDp5", "", 7, None):
        with service.socket() as socket:
            socket.say(type="connection_init", payload={"Authorization": said})
            assert socket.closed()[0] == 4403
    with service.socket(additional_headers={"authorization": f"Bearer {token}"}) as socket:
        payload = {"Authorization": f"Bearer {service.token('steward')}"}
        socket.say(type="connection_init", payload=payload)
        assert socket.closed()[0] == 4403, "two who they are"


def test_a_token_taken_back_ends_what_is_followed(service: Any) -> None:
    token = service.token("weaver")
    with service.socket() as socket, service.events(JUDGED, token) as sse:
        socket.begin(token).ask(JUDGED)
        time.sleep(0.5)
        service.tokens.revoke(service.tokens.all()[-1].id)
        began = time.monotonic()
        told = socket.hear()
        assert told["type"] == "error"
        assert told["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert socket.closed()[0] == 4403
        heard = [*sse]
        assert heard[0]["data"]["errors"][0]["message"] == REFUSED
        assert heard[-1]["event"] == "complete"
        assert time.monotonic() - began < 10


@pytest.mark.slow
def test_a_token_that_runs_out_opens_no_further_operation(service: Any) -> None:
    with service.socket() as socket:
        socket.begin(service.token("weaver", seconds=2))
        time.sleep(3.2)
        socket.ask(VIEWER)
        assert socket.hear()["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert socket.closed()[0] == 4403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "x" * 999]
)
def test_a_page_elsewhere_opens_no_socket(service: Any, origin: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        with service.socket(origin=origin):
            pass
    assert caught.value.response.status_code == 403
    assert b"FORBIDDEN_ORIGIN" in caught.value.response.body


def test_our_own_page_and_those_that_are_named_do(service: Any, monkeypatch: Any) -> None:
    with service.socket(origin=service.url) as socket:
        assert level(socket.begin()) == "ANONYMOUS"
    monkeypatch.setattr(service.live, "origins", frozenset({"https://map.example"}))
    with service.socket(origin="https://map.example") as socket:
        assert level(socket.begin()) == "ANONYMOUS"
    with pytest.raises(InvalidStatus):
        with service.socket(origin="https://map.example.evil.example"):
            pass


def test_nobody_elsewhere_asks_as_the_viewer_of_serve_as(
    address: Address, tmp_path: Path, monkeypatch: Any
) -> None:
    """Cross-site WebSocket hijacking: by another origin, and by a name made to lead here."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    with answering(address, tmp_path, Viewer(1), ready=False) as service:
        with service.socket(origin=service.url) as socket:
            assert level(socket.begin()) == "STEWARD"
        evil = {"origin": "http://evil.example"}
        named = {**evil, "additional_headers": {"Host": "evil.example"}}
        for way, status in ((evil, 403), (named, 400)):
            with pytest.raises(InvalidStatus) as caught:
                with service.socket(**way):
                    pass
            assert caught.value.response.status_code == status


def test_only_so_many_connections(service: Any, monkeypatch: Any) -> None:
    usual = service.live.open.allowed
    monkeypatch.setattr(service.live.open, "allowed", replace(usual, connections=2, open=4))
    token = service.token("member")
    with service.socket() as one, service.socket() as two, service.socket() as three:
        one.begin(token), two.begin(token)
        three.say(type="connection_init", payload={"Authorization": f"Bearer {token}"})
        code, reason = three.closed()
        assert code == 1013 and reason.startswith("TOO_MANY_CONNECTIONS")
        asked = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
        refused = service.http.post("/graphql", json={"query": JUDGED}, headers=asked)
        assert refused.status_code == 429
        with service.socket(), service.socket():
            with pytest.raises(InvalidStatus) as caught:
                with service.socket():
                    pass
            assert caught.value.response.status_code == 429
    with service.socket() as again:
        assert level(again.begin(token)) == "MEMBER", "a place is free again"


def test_a_connection_that_asks_nothing_is_closed(service: Any, monkeypatch: Any) -> None:
    usual = service.live.open.allowed
    monkeypatch.setattr(service.live.open, "allowed", replace(usual, idle=1))
    with service.socket() as quiet, service.socket() as busy:
        quiet.begin(), busy.begin().ask(JUDGED)
        code, reason = quiet.closed()
        assert code == 1001 and "connect again" in reason
        busy.say(type="ping")
        assert busy.hear() == {"type": "pong"}


def test_limits_are_a_setting(monkeypatch: Any) -> None:
    monkeypatch.setenv("TIELINE_LIVE", "connections=3 idle=9")
    assert allowed() == Allowed(connections=3, idle=9)
    for wrong in ("connections", "idle=0", "width=3"):
        monkeypatch.setenv("TIELINE_LIVE", wrong)
        with pytest.raises(WrongUse, match="TIELINE_LIVE"):
            allowed()


def test_a_line_for_each_operation_and_nothing_of_anybody(
    service: Any, caplog: pytest.LogCaptureFixture
) -> None:
    secret = service.token("weaver")
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "tieline"):
        with service.socket(additional_headers={"x-request-id": "abcdef0123"}) as socket:
            socket.begin(secret).ask('query Nosy { search(text: "Ada Byron") { totalCount } }')
            socket.rest()
            socket.ask("{ viewer {")
            socket.rest()
    lines = [each for each in caplog.records if each.name == "tieline.requests"]
    ours = [each.told for each in lines if each.told["method"] == "WEBSOCKET"]  # type: ignore[attr-defined]
    assert [each["ended"] for each in ours] == ["complete", "SYNTAX"]
    assert ours[0]["as"] == "weaver" and ours[0]["operation"] == "other"
    said = " ".join(str(each.__dict__.get("told", "")) for each in lines)
    assert not re.search(r"Ada|Byron|Nosy|tieline_|127\.0", said)
