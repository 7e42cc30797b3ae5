"""GraphQL over HTTP: strawberry's view, with the house's media types, errors and bodies."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from neo4j import AsyncDriver, Bookmarks
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from tieline.database.keeper import Keeper
from tieline.database.reader import Reader
from tieline.errors import Away, TielineError
from tieline.graphql import limits
from tieline.graphql.context import Asking
from tieline.graphql.documents import document
from tieline.graphql.errors import formatted, internal, shortened
from tieline.graphql.figures import told
from tieline.graphql.leaving import unless_gone
from tieline.graphql.live.events import Events
from tieline.graphql.live.transports import Transports
from tieline.graphql.rate import Rate, too_often
from tieline.graphql.refused import refusal
from tieline.graphql.schema import schema
from tieline.graphql.signin.door import Door, Stranger, Visitor, place
from tieline.graphql.usual import answered
from tieline.graphql.writing import Writer, bookmarks_of
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import Viewer
from tieline.settings import Service

NEW = "application/graphql-response+json"
AGAIN = "5"  # seconds after which it is worth asking again while the database is away


class View(GraphQL[Asking, None]):
    """Answers whom `door` lets in what is `allowed`, from `driver`, which `keeper` opens, and opens
    anew when it must."""

    keeper: Keeper
    driver: AsyncDriver
    snapshots: Snapshots

    def __init__(self, door: Door, allowed: Service, database: str, page: Path) -> None:
        super().__init__(schema(), subscription_protocols=[GRAPHQL_SSE_PROTOCOL])
        self.door, self.rate, self.allowed = door, Rate(allowed.rate), allowed
        self.database, self.page = database, page
        self.planned = asyncio.Event()  # its questions have plans, as far as they can
        self.begun = -limits.AGAIN  # when (time.monotonic) it was last given time to make them
        self._writer: Writer | None = None
        self.live = Transports(self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.live.websocket(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response: Response | None = await self.welcome(request)
            if response is None:
                await self.bounded(request)
                response = await self.attended(request)
        except HTTPException as error:
            response = refusal(shortened(error.reason), error.status_code)
        except TielineError as error:
            response = refusal(str(error), 400, error.code)
        except Exception as error:  # ours to mend, and not for whoever asks to read
            message, extensions = internal(error)
            response = refusal(message, 500, extensions["code"])
        if response is not None:
            await response(scope, receive, send)

    async def welcome(self, request: HTTPConnection) -> Response | None:
        """Who asks is noted in the request; a refusal, if nobody can tell or they ask too often."""
        address = request.client.host if request.client else None
        try:
            said = request.headers.getlist("authorization")
            visitor = request.state.visitor = await self.door.visitor(said, address)
            counted, stranger = visitor.counted, None
        except Stranger as error:
            counted, stranger = place(address), error
        except Exception as error:  # who they are cannot be looked up: ours to mend
            message, extensions = internal(error)
            return refusal(message, 500, extensions["code"])
        if wait := self.rate.wait(counted):
            again = {"retry-after": str(ceil(wait))}
            return refusal(too_often(wait), 429, "RATE_LIMITED", again)
        if stranger:
            asked = {"www-authenticate": 'Bearer realm="tieline", error="invalid_token"'}
            return refusal(str(stranger), 401, stranger.code, asked)
        return None

    async def attended(self, request: Request) -> Response | None:
        """The answer; None: whoever asked has hung up, and it was given up; never a change."""

        def changing() -> bool:
            asking: Asking | None = getattr(request.state, "asking", None)
            return asking is not None and asking.changing

        found: Response | None = await unless_gone(request, self.run(request), changing)
        return found

    async def bounded(self, request: Request) -> None:
        """Read the body, but not more of it than is allowed; starlette keeps it for the view."""
        said = request.headers.get("content-length", "0")
        body = bytearray()
        if not said.isdigit() or int(said) <= limits.BODY:
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.BODY:
                    break
            else:
                request._body = bytes(body)
                return
        raise HTTPException(413, f"A request has at most {limits.BODY:,} bytes. Ask for less.")

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Asking:
        visitor: Visitor = request.state.visitor
        said = request.headers.get("x-tieline-bookmark")
        asking = self.asking(visitor, self.wrote(said, visitor.viewer))
        request.state.asking = asking  # for the log
        return asking

    def begins(self) -> None:
        """The database has begun, perhaps anew: its questions are to be planned."""
        self.planned.clear()
        if time.monotonic() - self.begun >= limits.AGAIN:
            self.begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Of server time for a statement. One that waits for its plan is no costly one."""
        waits = not self.planned.is_set() and time.monotonic() - self.begun < limits.WITHIN
        return limits.SECONDS * (limits.PLANNING if waits else 1)

    def asking(self, visitor: Visitor, wrote: Bookmarks | None) -> Asking:
        return Asking(
            Reader(self.driver, self.database, visitor.viewer, wrote, self.seconds),
            snapshots=self.snapshots,
            writer=self.writer(),
            reads_only=not visitor.writes,
            introspection=self.allowed.introspection,
            compiled=self.allowed.compiled,
        )

    async def parse_http_body(
        self, request: AsyncHTTPRequestAdapter
    ) -> GraphQLRequestData | list[GraphQLRequestData]:
        found = await super().parse_http_body(request)
        if isinstance(found, list):  # refused before it comes here
            return found
        if not isinstance(found.operation_name, str | None):
            raise HTTPException(400, "`operationName` is a string, or null.")
        text = document(found.query, found.extensions, self.allowed.saved)
        return replace(found, query=text)

    def writer(self) -> Writer:
        """The one way to write, of the address that answers now."""
        if self._writer is None or self._writer.address != self.keeper.address:
            self.close()
            self._writer = Writer(self.keeper.address)
        return self._writer

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def parse_json(self, data: str | bytes) -> Any:
        found = super().parse_json(data)
        if isinstance(data, bytes) and not isinstance(found, dict | list):  # the whole request
            raise HTTPException(400, "A request is a JSON object: its `query` is the document.")
        return found

    def decode_json(self, data: str | bytes) -> object:
        """By a reader that refuses a nest of a thousand lists, on which Python's own breaks."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """No `data` where nothing was executed; noted for `run`, which chooses the status."""
        out: dict[str, Any] = {"data": result.data}
        if result.errors:
            out["errors"] = [formatted(error) for error in result.errors]
            told(each["extensions"]["code"] for each in out["errors"])
        if result.extensions:
            out["extensions"] = result.extensions
        nowhere = not any(error.path for error in result.errors or ())
        request.state.refused = isinstance(result, PreExecutionError) or (
            result.data is None and nowhere
        )
        if request.state.refused:
            del out["data"]
        request.state.away = any(isinstance(e.original_error, Away) for e in result.errors or ())
        if request.state.away:
            self.keeper.away()
        return out  # type: ignore[return-value]

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = await answered(self, request)
        if response is None:
            response = await super().run(request, *args, **kwargs)
        if response.media_type == "application/json" and NEW in request.headers.get("accept", ""):
            response.headers["content-type"] = f"{NEW}; charset=utf-8"
            if getattr(request.state, "refused", False):
                response.status_code = 400
        if getattr(request.state, "away", False):
            response.status_code = 503
            response.headers["retry-after"] = AGAIN
        response.headers["vary"] = "accept, authorization"
        return response

    def wrote(self, said: str | None, viewer: Viewer) -> Bookmarks | None:
        """What the one who asks has written elsewhere, and wishes to read; who may not, has not."""
        if viewer.person is None and not viewer.numbers:
            return None
        return bookmarks_of(said)

    async def create_streaming_response(
        self,
        request: Request | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        return Events(self.live, request, stream, headers)

    async def render_graphql_ide(self, request: Request) -> Response:
        return FileResponse(self.page, media_type="text/html")
