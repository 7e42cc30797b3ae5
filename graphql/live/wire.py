"""One WebSocket's messages: JSON objects as text, none larger than a request's body may be."""

from collections.abc import AsyncGenerator, Mapping

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import (
    NonJsonMessageReceived,
    NonTextMessageReceived,
    WebSocketDisconnected,
)

from tieline.graphql import limits

TOO_BIG = 1009  # "message too big", as the server closes by itself where it is told the limit


class Wire(ASGIWebSocketAdapter):
    """strawberry's own way to a WebSocket sends JSON that orjson made as bytes: clients of the
    protocol take text alone."""

    ws: WebSocket

    async def iter_json(
        self, *, ignore_parsing_errors: bool = False
    ) -> AsyncGenerator[object, None]:
        while True:
            try:
                text = await self.ws.receive_text()
            except WebSocketDisconnect:
                return
            except KeyError as error:
                raise NonTextMessageReceived from error
            if len(text) > limits.BODY or len(text.encode()) > limits.BODY:
                await self.close(TOO_BIG, f"A message has at most {limits.BODY:,} bytes")
                return
            try:
                yield orjson.loads(text)
            except orjson.JSONDecodeError as error:
                raise NonJsonMessageReceived from error

    async def send_json(self, message: Mapping[str, object]) -> None:
        try:
            await self.ws.send_text(orjson.dumps(message).decode())
        except (WebSocketDisconnect, RuntimeError) as gone:  # it was closed meanwhile
            raise WebSocketDisconnected from gone

    async def close(self, code: int, reason: str) -> None:
        """A reason has at most 123 bytes; whoever has closed already is left alone."""
        try:
            await self.ws.close(code, reason.encode()[:123].decode(errors="ignore"))
        except (WebSocketDisconnect, RuntimeError):
            return
