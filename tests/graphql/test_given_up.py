"""A long question: told how far it is, given up when nobody waits, in nobody's way meanwhile."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.graphql.served import answering

from tieline.database.address import Address
from tieline.graphql import limits
from tieline.queries.answers.kept import forget_all
from tieline.queries.bridges import sure
from tieline.queries.bridges.draws import STAGE

ENDLESS = 10**7  # draws: days of work
SOON = 5.0  # seconds; on a quiet machine it is a tenth of one
WAITS = 10.0  # so long does whoever hangs up wait for an answer
BRIDGES = {"query": "{ bridges { totalCount } }"}
VIEWER = {"query": "{ viewer { level } }"}
ASK = f"""
import tieline.queries.bridges.sure as sure
import tieline.cli.telling as telling
sure.LEAST, telling.EVERY = {ENDLESS}, 0.2
from tieline.cli.main import main
main(["ask", "bridges"])
"""


@pytest.fixture
def client(address: Address, field: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    monkeypatch.setattr(sure, "LEAST", ENDLESS)
    forget_all()
    with answering(address, ready=True) as opened:
        yield opened


def at_work() -> int:
    return sum(each.name == "tieline work" for each in threading.enumerate())


def until(wanted: int, seconds: float) -> None:
    """Wait, but not longer, until so many are at work."""
    began = time.monotonic()
    while at_work() != wanted and time.monotonic() - began < seconds:
        time.sleep(0.01)
    assert at_work() == wanted


def until_drawing(seconds: float) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if any(each.work.stage == STAGE for each in [*sure._kept._flights.values()]):
            return
        time.sleep(0.01)
    raise AssertionError("the drawing has not begun")


@pytest.mark.parametrize("soon", [SOON, pytest.param(1.0, marks=pytest.mark.slow)])
def test_whoever_hangs_up_ends_it_soon_and_others_are_answered(
    client: httpx.Client, soon: float
) -> None:
    """Within a second, on a machine that does nothing else: among the slow tests."""

    def ask() -> None:
        with pytest.raises(httpx.ReadTimeout):
            with httpx.Client(base_url=client.base_url, timeout=WAITS) as other:
                other.post("/graphql", json=BRIDGES)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for each in asking:
        each.start()
    until_drawing(WAITS)
    began = time.monotonic()
    assert client.post("/graphql", json=VIEWER).json()["data"]["viewer"]
    assert time.monotonic() - began < SOON
    assert at_work() == 1, "one piece of work for both"
    for each in asking:
        each.join()
    until(0, soon)
    assert client.post("/graphql", json=VIEWER).status_code == 200


def begun() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ASK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # whoever runs the tests in the background may have it ignored, which children inherit
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def test_ctrl_c_leaves_at_once(field: Any) -> None:
    asking = begun()
    assert asking.stderr is not None
    drawing = "drawing the field as it may really be: 0%"
    assert any(line.startswith(drawing) for line in asking.stderr), "it ended before it drew"
    asking.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = asking.communicate(timeout=60)
    assert time.monotonic() - began < SOON
    assert (asking.returncode, out) == (130, "")
    assert err.rstrip().endswith("Given up. Nothing was changed.") and "Traceback" not in err
