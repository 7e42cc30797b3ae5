"""Whoever hangs up before they are answered: what is done for them is given up.

    await unless_gone(request, answer, kept)        None: they have gone

Their body has been read, so all that can still be heard of them is that. Most are answered sooner
than it would matter: nobody listens in the first moment, which spares two tasks a request.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

T = TypeVar("T")
SOON = 0.02  # seconds


async def unless_gone(
    request: Request, answer: Coroutine[Any, Any, T], kept: Callable[[], bool]
) -> T | None:
    """The answer; None: they have gone, and it was given up. It is finished if it is `kept`."""
    me, gone = asyncio.current_task(), False
    assert me is not None
    listening: list[asyncio.Task[None]] = []

    async def listen() -> None:
        nonlocal gone
        await request.receive()
        if not kept():
            gone = True
            me.cancel()

    def begin() -> None:
        listening.append(asyncio.create_task(listen()))

    later = asyncio.get_running_loop().call_later(SOON, begin)
    try:
        return await answer
    except asyncio.CancelledError:
        if not gone or me.uncancel():  # this request itself was given up
            raise
        return None
    finally:
        later.cancel()
        for each in listening:
            each.cancel()
