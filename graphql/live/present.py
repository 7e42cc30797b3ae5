"""Who holds a connection open: let in at the door, and asked for again while it is used."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import HTTPConnection

from tieline.graphql.signin.door import Door, Visitor

AGAIN = 1.0  # seconds for which the door's last word holds: a token may be taken back meanwhile
HEADER = "authorization"


class Present:
    """`connection_params`: what a WebSocket began with, as strawberry's handler notes it."""

    def __init__(self, door: Door, connection: HTTPConnection) -> None:
        self._door = door
        self._said: Sequence[str] = connection.headers.getlist(HEADER)
        self._address = connection.client.host if connection.client else None
        self.visitor: Visitor = connection.state.visitor
        self._asked = time.monotonic()
        self.connection_params: Mapping[str, Any] = {}

    async def introduced(self) -> Visitor:
        """Who they say they are in the connection's first message, since a page can set no headers.

        Raises:
            Stranger: nobody can tell that it is so, or they say two things.
        """
        more = [text for name, text in self.connection_params.items() if name.lower() == HEADER]
        if not all(isinstance(text, str) for text in more):
            more = [""]
        self._said = list(dict.fromkeys([*self._said, *more]))
        self._asked = 0.0
        return await self.still()

    async def still(self) -> Visitor:
        """Who they are now.

        Raises:
            Stranger: their token has run out or was taken back, or is another one's now.
        """
        if self._asked + AGAIN <= time.monotonic():
            self.visitor = await self._door.visitor(self._said, self._address)
            self._asked = time.monotonic()
        return self.visitor
