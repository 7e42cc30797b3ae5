"""A service's driver, which outlives its database: ended, killed or restored, it is found again.

    async with Keeper(address, warm) as keeper:
        Reader(keeper.driver, ...)
        keeper.away()       nobody answered just now: our own server is started, beside all else

A server at a given address comes back to the driver by itself. Ours has to be started, and may
then answer at another port or under another password.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

from neo4j import AsyncDriver

from tieline.database.address import Address, find
from tieline.database.reader import open_driver
from tieline.errors import TielineError

PAUSES = (2.0, 60.0)  # seconds between a start that failed and the next, doubled up to the second
LINGER = 30.0  # seconds for which who has the former driver may still be using it
Fresh = Callable[[AsyncDriver], Awaitable[object]]
log = logging.getLogger("tieline.database")


class Keeper:
    """`driver` is the one to use now; `fresh` is called with each, and again after each absence."""

    def __init__(self, address: Address, fresh: Fresh) -> None:
        self.address, self._fresh = address, fresh
        self._tasks: set[asyncio.Task[object]] = set()
        self._mending = False
        self._pause, self._not_before = PAUSES[0], 0.0

    async def __aenter__(self) -> Self:
        self.driver = open_driver(self.address)
        self._beside(self._fresh(self.driver))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.driver.close()

    def away(self) -> None:
        """Bring our own server back, unless that is under way; returns at once."""
        if self.address.embedded and not self._mending and time.monotonic() >= self._not_before:
            self._mending = True
            self._beside(self._mend())

    async def _mend(self) -> None:
        try:
            found = await aside(find)
        except (TielineError, OSError) as error:
            log.warning("the database does not come back: %s", error)
            self._not_before = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, PAUSES[1])
        else:
            self._pause = PAUSES[0]
            if found != self.address:
                self._beside(_closed(self.driver))
                self.address, self.driver = found, open_driver(found)
            self._beside(self._fresh(self.driver))
        finally:
            self._mending = False

    def _beside(self, work: Awaitable[object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)  # or it may be collected before it has ended
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):  # each question tells its own
            log.info("%s beside the questions", type(error).__name__)


async def _closed(driver: AsyncDriver) -> None:
    try:
        await asyncio.sleep(LINGER)
    finally:
        await driver.close()


async def aside(work: Callable[[], Any]) -> Any:
    """What `work` returns, from a thread that nobody waits for at the end: it may take minutes."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[Any] = loop.create_future()

    def tell(settle: Callable[[Any], None], what: object) -> None:
        if not ended.done():
            settle(what)

    def later(settle: Callable[[Any], None], what: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any longer
            loop.call_soon_threadsafe(tell, settle, what)

    def run() -> None:
        try:
            result = work()
        except Exception as error:
            later(ended.set_exception, error)
        else:
            later(ended.set_result, result)

    threading.Thread(target=run, daemon=True).start()
    return await ended
