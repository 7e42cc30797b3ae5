"""A long question: how far it is, over GraphQL; given up when nobody follows it any more."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tieline.queries.answers.kept import forget_all
from tieline.queries.bridges import sure
from tieline.queries.bridges.draws import STAGE

PROGRESS = "subscription { questionProgress(question: BRIDGES) { stage share done } }"
ENDLESS = 10**7  # draws: days of work


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def at_work() -> int:
    return sum(each.name == "tieline work" for each in threading.enumerate())


@pytest.mark.slow
def test_it_rises_until_it_is_done(service: Any, field: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sure, "LEAST", 1_500)
    with service.events(PROGRESS) as events:
        heard = [each["data"]["data"]["questionProgress"] for each in events if each["data"]]
    assert heard[0] == {"stage": "", "share": 0.0, "done": False}
    assert heard[-1] == {"stage": "", "share": 1.0, "done": True}
    assert not any(each["done"] for each in heard[:-1])
    drawn = [each["share"] for each in heard if each["stage"] == STAGE]
    assert drawn and drawn == sorted(drawn)
    began = time.monotonic()
    asked = {"query": "{ bridges { totalCount } }"}
    assert service.http.post("/graphql", json=asked).json()["data"]
    assert time.monotonic() - began < 2.0, "what was worked out is kept"


def test_it_is_worked_on_once_and_given_up_with_the_last(
    service: Any, field: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sure, "LEAST", ENDLESS)
    with service.socket() as one, service.socket() as other:
        for socket in (one, other):
            socket.begin().ask(PROGRESS)
            while socket.hear()["payload"]["data"]["questionProgress"]["stage"] != STAGE:
                pass
        assert at_work() == 1, "one piece of work for both"
        one.say(type="complete", id="1")
        other.hear()
        assert at_work() == 1
        other.say(type="complete", id="1")
        began = time.monotonic()
        while at_work() and time.monotonic() - began < 5:
            time.sleep(0.01)
        assert at_work() == 0
