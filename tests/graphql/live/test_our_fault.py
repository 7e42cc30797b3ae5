"""A fault of ours while somebody waits over a WebSocket: they are told, and it is in the log."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tieline.graphql.live.present import AGAIN

ME = "{ viewer { level } }"


@pytest.fixture
def spoilt(service: Any) -> Iterator[Any]:
    """The file of tokens, spoilt from now on: spoilt() does it."""
    file: Path = service.tokens._file
    service.token("member")
    whole = file.read_bytes()
    yield lambda: file.write_bytes(b"no table at all " * 1000)
    file.write_bytes(whole)


def test_whoever_waits_is_told(service: Any, spoilt: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Their operation alone ends: who does not sign in is answered as ever."""
    token = service.token("member")
    with service.socket() as member, service.socket() as anyone:
        member.begin(token).ask(ME)
        assert [each["type"] for each in member.rest()] == ["next", "complete"]
        anyone.begin()
        spoilt()
        time.sleep(AGAIN + 0.1)  # the door is asked again
        member.ask(ME, "2")
        (told,) = member.rest()
        (error,) = told["payload"]
        assert told["type"] == "error" and error["extensions"] == {"code": "INTERNAL"}
        assert error["message"].split()[-1].rstrip(".") in caplog.text, "found again in the log"
        assert "sqlite" not in error["message"].lower()
        anyone.ask(ME)
        assert [each["type"] for each in anyone.rest()] == ["next", "complete"]


def test_whoever_comes_in_is_told(service: Any, spoilt: Any) -> None:
    token = service.token("member")
    spoilt()
    signed = {"authorization": f"Bearer {token}"}
    elsewhere = signed | {"x-forwarded-for": "203.0.113.5"}
    for got in (
        service.http.post("/graphql", json={"query": ME}, headers=signed),
        service.http.get("/export/kumu", headers=signed),
        service.http.get("/metrics", headers=elsewhere),
    ):
        (error,) = got.json()["errors"]
        assert (got.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    with pytest.raises(InvalidStatus) as refused, service.socket(additional_headers=signed):
        pass
    assert refused.value.response.status_code == 500
    assert b"INTERNAL" in (refused.value.response.body or b"")


def test_an_operation_that_is_not_there_is_told(service: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(f"query A {ME}", operationName="B")
        (told,) = socket.rest()
        assert told["type"] == "error"
        assert told["payload"][0]["extensions"]["code"] == "BAD_REQUEST"
