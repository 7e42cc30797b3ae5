"""One who follows one thing: what waits to be fetched is bounded, whoever does not fetch it."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from typing import Any

from tieline.errors import TielineError

HELD = 100  # events kept for one who is slow

Event = dict[str, Any]


class TooSlow(TielineError):
    code = "TOO_SLOW"


class Listener:
    """`last_only`: an event takes the place of those before it. `left`: whoever it was has gone."""

    def __init__(self, last_only: bool, begin: Sequence[Event], over: bool = False) -> None:
        self._last_only, self._over = last_only, over
        self._held = deque(begin)
        self._error: Exception | None = None
        self._news = asyncio.Event()
        self.left = False

    def leave(self) -> None:
        self.left, self._over = True, True
        self._held.clear()
        self._news.set()

    def tell(self, events: Sequence[Event], over: bool) -> None:
        if self.left:
            return
        if events and self._last_only:
            self._held.clear()
        self._held.extend(events)
        self._over = self._over or over
        if len(self._held) > HELD:
            self._held.clear()
            self.end(TooSlow(f"More than {HELD} events waited to be fetched. Ask anew."))
        self._news.set()

    def end(self, error: Exception | None = None) -> None:
        """Nothing more will come; what has come may still be fetched."""
        self._error, self._over = self._error or error, True
        self._news.set()

    @property
    def over(self) -> bool:
        """Nothing more will come, and all that came was fetched."""
        return self._over and not self._held

    async def next(self, seconds: float) -> Event | None:
        """The next event; None: none came in so many seconds, or it is over.

        Raises:
            TielineError: why it is over, where it did not end by itself.
        """
        if not self._held and not self._over:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
        if self._held:
            return self._held.popleft()
        if self._error:
            raise self._error
        return None
