"""From a subscription field to what it follows: the events of one subscription, one by one.

Before each event the door is asked again who this is, and each is read with a reader of its own:
what was taken back since, a token or somebody's consent, holds from the next event on.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from tieline.errors import WrongUse
from tieline.graphql.live.hub import Hub, Watch
from tieline.graphql.live.listener import Event, Listener
from tieline.graphql.live.present import Present

if TYPE_CHECKING:
    from tieline.graphql.context import Asking


LOOK = 2.5  # seconds between two looks whether they are still known, while nothing happens


class Following(AsyncIterator[Event]):
    """The events that a listener hears, for one who asks."""

    def __init__(self, asking: "Asking", hub: Hub, present: Present, listener: Listener) -> None:
        self._asking, self._hub, self._present, self._listener = asking, hub, present, listener

    async def __anext__(self) -> Event:
        """
        Raises:
            Stranger: whoever asks is not known any longer.
            TielineError: it cannot be followed any longer.
        """
        while True:
            event = await self._listener.next(LOOK)
            if event is None and self._listener.over:
                raise StopAsyncIteration
            visitor = await self._present.still()
            if event is not None:
                self._asking.reader = self._hub.reader(visitor.viewer, self._asking.reader)
                self._asking.event = event
                return event

    async def aclose(self) -> None:
        self._listener.leave()


async def followed(asking: "Asking", watch: Watch) -> Following:
    """
    Raises:
        WrongUse: it was asked for by a way on which only one answer comes.
        TielineError: it cannot be followed.
    """
    if asking.hub is None or asking.present is None:
        raise WrongUse(ONE_ANSWER)
    listener = await asking.hub.listen(watch, asking.viewer.level)
    return Following(asking, asking.hub, asking.present, listener)


async def happened(asking: "Asking", args: object) -> Event:
    """What a subscription's field holds of the event at hand; completion writes into it."""
    if asking.event is None:
        raise WrongUse(ONE_ANSWER)
    return dict(asking.event)


ONE_ANSWER = (
    "Here only one answer comes: ask for a subscription over WebSocket (graphql-transport-ws), or "
    "with the header Accept: text/event-stream."
)
