"""How operations come that stay open: over a WebSocket, and as Server-Sent Events."""

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.http.websocket_origin import is_same_origin, normalize_allowed_origins
from strawberry.http.websocket_origin import normalize_origin as normal
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL as PROTOCOL

from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.live.hub import Hub
from tieline.graphql.live.open import Open, TooMany, allowed
from tieline.graphql.live.present import Present
from tieline.graphql.live.socket import Socket
from tieline.graphql.logged import HEADER, identified
from tieline.graphql.refused import refusal
from tieline.logs import REQUEST
from tieline.schema.consent import Viewer

if TYPE_CHECKING:
    from tieline.graphql.view import View

UNACCEPTABLE = 4406
ELSEWHERE = (
    "A page of another origin asks here, which it may not. Whoever runs this service may name it "
    "in TIELINE_CORS."
)


class Transports:
    """Of one view."""

    def __init__(self, view: "View") -> None:
        self.view, self.open = view, Open(allowed())
        self.origins = normalize_allowed_origins(view.allowed.origins)
        self.hub = Hub(self.reader, lambda: view.keeper.away())

    def reader(self, viewer: Viewer) -> Reader:
        return Reader(self.view.driver, self.view.database, viewer, seconds=self.view.seconds)

    def asking(self, present: Present, said: object) -> Asking:
        """One operation of whoever is connected. `said`: a bookmark of what they wrote before."""
        text = said if isinstance(said, str) else None
        wrote = self.view.wrote(text, present.visitor.viewer)
        asking = self.view.asking(present.visitor, wrote)
        asking.hub, asking.present = self.hub, present
        return asking

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One WebSocket, from its handshake to its end."""
        socket = WebSocket(scope, receive, send)
        token = REQUEST.set(identified(socket.headers.get(HEADER)))
        try:
            refused = await self.refused(socket)
            if refused is not None:
                await refused(scope, receive, send)
                return
            present = Present(self.view.door, socket)
            handler = Socket(self, socket, present)
            with self.open.place(handler, present.visitor.counted) as place:
                if PROTOCOL not in socket.scope["subprotocols"]:
                    await socket.accept()
                    await socket.close(UNACCEPTABLE, f"Subprotocol not acceptable: {PROTOCOL} is")
                    return
                await socket.accept(PROTOCOL)
                await handler.serve(place)
        except TooMany as error:
            await refusal(str(error), 429, error.code)(scope, receive, send)
        finally:
            REQUEST.reset(token)

    async def refused(self, socket: WebSocket) -> Response | None:
        """Why there is no handshake; None: there is one."""
        if not self.heard(socket.headers):
            return refusal(ELSEWHERE, 403, "FORBIDDEN_ORIGIN")
        return await self.view.welcome(socket)

    def heard(self, headers: Headers) -> bool:
        """Whether a page of this origin may ask. A browser asks nobody before it opens a WebSocket,
        so a page elsewhere could ask as whoever `serve --as` answers anyone as, unless we look."""
        origin = headers.get("origin")
        if origin is None or is_same_origin(origin, headers.get("host")):
            return True  # no page at all, or one of ours
        return "*" in self.origins or normal(origin) in self.origins

    async def close(self) -> None:
        """The service ends: what is followed completes, and whoever is connected is told."""
        self.hub.close()
        await self.open.close()
