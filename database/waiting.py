"""The driver waits for each part of an answer as Python 3.12 would.

On Python 3.11 it brings a way of its own, since that of 3.11 may lose a cancellation: each part
that is read, six of the shortest answer, becomes a task with a timer, and takes two turns of the
loop, though mostly it has come already. Python 3.12 mended it by `asyncio.timeout`, which 3.11 has
as well; by it, what is there is taken at once.
"""

import asyncio
import sys
from collections.abc import Awaitable
from types import ModuleType
from typing import TypeVar

from neo4j._async_compat.network import _bolt_socket

T = TypeVar("T")


async def within(awaited: Awaitable[T], seconds: float | None) -> T:
    """
    Raises:
        TimeoutError: it took longer, and was cancelled.
    """
    if seconds is None:
        return await awaited
    async with asyncio.timeout(seconds):
        return await awaited


def lighten(sockets: ModuleType = _bolt_socket) -> None:
    """From now on; nothing where the driver waits by Python's own way."""
    if sys.version_info < (3, 12) and hasattr(sockets, "wait_for"):
        sockets.wait_for = within  # type: ignore[attr-defined]
