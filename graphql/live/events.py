"""Server-Sent Events: sent as they come, and given up when whoever asked has hung up.

One operation a connection: the "distinct connections mode" of the protocol GraphQL over SSE.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from tieline.graphql.context import Asking
from tieline.graphql.live.open import TooMany
from tieline.graphql.live.present import Present
from tieline.graphql.refused import refusal

if TYPE_CHECKING:
    from tieline.graphql.live.transports import Transports

STALL = 60.0  # seconds after which somebody who takes nothing has gone


class Events(StreamingResponse):
    """The texts that `stream` gives, to whoever asks."""

    def __init__(
        self,
        live: "Transports",
        asked: HTTPConnection,
        stream: Callable[[], AsyncIterator[str]],
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(stream(), headers=headers)
        self._live = live
        asked.state.streamed = True  # for the figures
        self._asking: Asking = asked.state.asking
        self._asking.hub = live.hub
        self._present = self._asking.present = Present(live.view.door, asked)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._live.open.place(self, self._present.visitor.counted):
                await self._told(receive, send)
        except TooMany as error:
            await refusal(str(error), 429, error.code)(scope, receive, send)
        except asyncio.CancelledError:
            if not self._live.open.ending:  # the service ends, and this one took too long
                raise

    async def goodbye(self) -> None:
        """What is followed completes by itself."""

    async def _told(self, receive: Receive, send: Send) -> None:
        """Until it is over, or they have gone. A change is finished, whoever waits."""
        sending = asyncio.create_task(self.stream_response(send))
        gone = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait((sending, gone), return_when=asyncio.FIRST_COMPLETED)
            if self._asking.changing:
                await asyncio.wait((sending,))
        finally:
            for task in (sending, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, TimeoutError, OSError):
                    await task

    async def stream_response(self, send: Send) -> None:
        stream: Any = self.body_iterator
        async with contextlib.aclosing(stream):
            await super().stream_response(patient(send))


def patient(send: Send) -> Send:
    """The same for so long.

    Raises:
        TimeoutError: nothing is taken any more.
    """

    async def sent(message: Any) -> None:
        await asyncio.wait_for(send(message), STALL)

    return sent
