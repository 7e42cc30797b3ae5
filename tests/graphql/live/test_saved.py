"""Where saved operations alone are answered, those that are followed are among them."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from tieline.graphql.documents import sha256
from tieline.graphql.operations import saved

FOLLOWED = sorted(name for name, operation in saved().items() if operation.followed)
VIEWER = "subscription { judged { verdict } }"


@pytest.fixture
def trusted(service: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The service as TIELINE_DOCUMENTS=saved makes it."""
    allowed = dataclasses.replace(service.live.view.allowed, saved=True)
    monkeypatch.setattr(service.live.view, "allowed", allowed)
    yield service


def asked(name: str, load: str) -> dict[str, Any]:
    return {"load": load} if "load" in saved()[name].blanks else {}


def test_there_is_one_for_each_thing_to_follow() -> None:
    assert FOLLOWED == ["judged", "load-progress", "question-progress"]


@pytest.mark.parametrize("name", FOLLOWED)
@pytest.mark.parametrize("by", ["text", "digest"])
def test_they_are_answered_by_both_ways(
    trusted: Any, steward: str, load: str, advance: Any, name: str, by: str
) -> None:
    """What is told at once is told; of judgements, that it is followed."""
    text, advanced = saved()[name].text, asked(name, load)
    digest = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}}
    body: dict[str, Any] = {"query": text} if by == "text" else digest
    body["variables"] = advanced
    with trusted.socket() as socket:
        socket.begin(steward).say(id="1", type="subscribe", payload=body)
        socket.say(type="ping")
        first = socket.hear()
        if name != "judged":
            first = first if first["type"] == "next" else socket.hear()
            assert "errors" not in first["payload"] and first["payload"]["data"]
        else:
            assert first == {"type": "pong"}
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {steward}"}
    with trusted.http.stream("POST", "/graphql", json=body, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        if name != "judged":
            lines = (line for line in response.iter_lines() if line.startswith("data: {"))
            assert "errors" not in (told := next(lines)) and "data" in told


def test_any_other_is_refused_by_both_ways(trusted: Any, steward: str) -> None:
    with trusted.socket() as socket:
        socket.begin(steward).ask(VIEWER)
        (error,) = socket.rest()
        assert error["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_SAVED"
        socket.ask(saved()["judged"].text + " ")
        (error,) = socket.rest()
        assert error["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_SAVED"
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {steward}"}
    told = trusted.http.post("/graphql", json={"query": VIEWER}, headers=headers)
    assert '"DOCUMENT_NOT_SAVED"' in told.text and '"judged"' not in told.text
