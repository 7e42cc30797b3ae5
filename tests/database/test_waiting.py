"""The driver's way to wait: as asyncio's, but for what is there."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from neo4j._async_compat.network import _bolt_socket

from tieline.database.waiting import lighten, within


class Line:
    """A stream that says when its reader is cancelled."""

    def __init__(self) -> None:
        self.reader, self.cancelled = asyncio.StreamReader(), 0

    async def read(self) -> bytes:
        try:
            return await self.reader.read(9)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


def on_a_line(work: Callable[[Line], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await work(Line())

    return asyncio.run(run())


def test_what_is_there_takes_no_turn_of_the_loop() -> None:
    async def work(line: Line) -> tuple[bytes, list[int]]:
        turns: list[int] = []
        asyncio.get_running_loop().call_soon(turns.append, 1)
        line.reader.feed_data(b"here")
        return await within(line.read(), 5), list(turns)

    assert on_a_line(work) == (b"here", [])


@pytest.mark.parametrize("seconds", [None, 5])
def test_what_comes_later_is_waited_for(seconds: float | None) -> None:
    async def work(line: Line) -> bytes:
        loop = asyncio.get_running_loop()
        loop.call_later(0.02, line.reader.feed_data, b"later")
        return await within(line.read(), seconds)

    assert on_a_line(work) == b"later"


def test_what_does_not_come_is_cancelled_in_time() -> None:
    async def work(line: Line) -> int:
        with pytest.raises(TimeoutError):
            await within(line.read(), 0.02)
        return line.cancelled

    assert on_a_line(work) == 1


def test_whoever_is_cancelled_cancels_it_and_is_cancelled() -> None:
    async def work(line: Line) -> tuple[int, bool]:
        waiting = asyncio.ensure_future(within(line.read(), 5))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
        return line.cancelled, waiting.cancelled()

    assert on_a_line(work) == (1, True)


def test_an_error_is_raised_where_it_is_waited_for() -> None:
    async def work(line: Line) -> None:
        asyncio.get_running_loop().call_later(0.01, line.reader.set_exception, OSError("gone"))
        with pytest.raises(OSError, match="gone"):
            await within(line.read(), 5)

    on_a_line(work)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the driver waits by Python's own way")
def test_it_is_what_the_driver_waits_by() -> None:
    lighten()
    assert vars(_bolt_socket)["wait_for"] is within
