"""The driver waits on Python 3.11 as it would on 3.12, and not at all for what is there.

On Python 3.11 it brings a way of its own, since that of 3.11 may lose a cancellation: each part
that is read, six of the shortest answer, becomes a task with a timer, and takes two turns of the
loop, though mostly it has come already. Python 3.12 mended it by `asyncio.timeout`, which 3.11 has
as well; and what is there needs no time limit.
"""

import asyncio
import sys
from collections.abc import Awaitable, Generator
from types import ModuleType
from typing import Any, Generic, TypeVar

from neo4j._async_compat.network import _bolt_socket

T = TypeVar("T")
Steps = Generator[Any, Any, T]


class Begun(Generic[T]):
    """What has been begun and waits for `first`: awaited, it goes on from there."""

    def __init__(self, first: Any, steps: Steps[T]) -> None:
        self.first, self.steps = first, steps

    def __await__(self) -> Steps[T]:
        waits = self.first
        while True:
            try:
                try:
                    heard = yield waits
                except BaseException as error:
                    waits = self.steps.throw(error)
                else:
                    waits = self.steps.send(heard)
            except StopIteration as done:
                found: T = done.value
                return found


async def within(awaited: Awaitable[T], seconds: float | None) -> T:
    """What is awaited, at once if nothing has to be waited for.

    Raises:
        TimeoutError: it took longer, and was cancelled.
    """
    if seconds is None:
        return await awaited
    steps: Any = awaited.__await__()
    try:
        first = next(steps)
    except StopIteration as done:
        found: T = done.value
        return found
    async with asyncio.timeout(seconds):
        return await Begun[T](first, steps)


def lighten(sockets: ModuleType = _bolt_socket) -> None:
    """From now on; nothing where the driver waits by Python's own way."""
    if sys.version_info < (3, 12) and hasattr(sockets, "wait_for"):
        sockets.wait_for = within  # type: ignore[attr-defined]
