"""Work beside the questions, in threads that nobody waits for."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from tieline.database.keeper import aside


def fails() -> None:
    raise ValueError


@pytest.mark.parametrize("how", [lambda: None, fails], ids=["returns", "fails"])
def test_what_ends_after_the_service_tells_nobody(
    how: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    go, threads, unheard = threading.Event(), list[threading.Thread](), list[object]()
    monkeypatch.setattr(threading, "excepthook", unheard.append)

    def work() -> None:
        threads.append(threading.current_thread())
        go.wait(10)
        how()

    async def left() -> None:
        task = asyncio.create_task(aside(work))
        while not threads:
            await asyncio.sleep(0.001)
        task.cancel()

    asyncio.run(left())
    go.set()
    threads[0].join(10)
    assert not threads[0].is_alive() and unheard == []
