"""One operation over a WebSocket: what is sent of it, and the line that is logged of it."""

import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from tieline.errors import Away, TielineError
from tieline.graphql.documents import document
from tieline.graphql.errors import INTERNAL, formatted
from tieline.graphql.figures import OTHER, REQUESTS, SECONDS, told
from tieline.graphql.live.present import Present
from tieline.graphql.logged import LEVELS, log
from tieline.graphql.rate import too_often
from tieline.graphql.signin.door import Stranger
from tieline.graphql.traces import operation

if TYPE_CHECKING:
    from tieline.graphql.context import Asking
    from tieline.graphql.live.transports import Transports

Message = dict[str, Any]
OUR_FAULT = (Away.code, INTERNAL)  # as the statuses 503 and 500 over HTTP
KINDS = ("connection_init", "ping", "pong", "subscribe", "complete")


class Refused(TielineError):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def shape(message: Any) -> str:
    """What is wrong with a message; nothing, if it is one of the protocol's."""
    if not isinstance(message, dict) or message.get("type") not in KINDS:
        return "This is no message of graphql-transport-ws"
    kind, payload = message["type"], message.get("payload")
    if kind in ("subscribe", "complete") and not (
        isinstance(message.get("id"), str) and message["id"]
    ):
        return f"A message of the type {kind} has an id, a text"
    if kind != "subscribe":
        return "" if isinstance(payload, dict | None) else "A payload is an object"
    if not isinstance(payload, dict):
        return "A message of the type subscribe has a payload, an object"
    query, name = payload.get("query"), payload.get("operationName")
    asked = isinstance(query, str) or (query is None and payload.get("extensions"))
    if not asked or not isinstance(name, str | None):
        return "A payload has a query, a text; its operationName is a text too, or null"
    objects = (payload.get("variables"), payload.get("extensions"))
    return (
        ""
        if all(isinstance(each, dict | None) for each in objects)
        else ("Variables and extensions are objects, or null")
    )


class Run:
    """`full`: the connection has no room for it. `ended`: how, for the log. `stranger`: whoever
    asked is not known any longer."""

    def __init__(
        self, transports: "Transports", present: Present, payload: Message, full: bool
    ) -> None:
        self._transports, self._present, self._payload = transports, present, payload
        self._full = full
        self._began, self._events = time.monotonic(), 0
        self._asking: Asking | None = None
        self.ended, self.stranger = "complete", False

    @property
    def changing(self) -> bool:
        return self._asking is not None and self._asking.changing

    @property
    def _saved(self) -> str | None:
        return self._asking.saved if self._asking else None

    @contextmanager
    def traced(self) -> Iterator[None]:
        """The operation as a span, while anybody traces, until it has ended."""
        parent = (self._payload.get("extensions") or {}).get("traceparent")
        with operation(parent) as tell:
            try:
                yield
            finally:
                tell(self._saved, self.ended, self.ended in OUR_FAULT)

    async def messages(self) -> AsyncIterator[Message]:
        """What is sent of it; the last one is an error, or says that it is complete."""
        try:
            await self._let_in()
            async for result in self._results():
                final = isinstance(result, PreExecutionError) or ends(result)
                payload = self._payload_of(result)
                if final:
                    yield {"type": "error", "payload": payload["errors"]}
                    return
                self._events += 1
                yield {"type": "next", "payload": payload}
            yield {"type": "complete"}
        except Exception as error:  # ours to mend, too: whoever waits is not left without a word
            result = ExecutionResult(None, [GraphQLError(str(error), original_error=error)])
            yield {"type": "error", "payload": self._payload_of(result)["errors"]}
        except BaseException:
            self.ended = "given up"
            raise

    async def _let_in(self) -> None:
        """
        Raises:
            TielineError: not this one, or not now.
        """
        visitor = await self._present.still()
        if wait := self._transports.view.rate.wait(visitor.counted):
            raise Refused("RATE_LIMITED", too_often(wait))
        if self._full:
            most = self._transports.open.allowed.subscriptions
            raise Refused(
                "TOO_MANY_SUBSCRIPTIONS", f"One connection has at most {most} at once. End one."
            )
        bookmark = (self._payload.get("extensions") or {}).get("bookmark")
        self._asking = self._transports.asking(self._present, bookmark)

    async def _results(self) -> AsyncIterator[Any]:
        payload, view = self._payload, self._transports.view
        stream = await view.schema.stream(
            document(payload.get("query"), payload.get("extensions"), view.allowed.saved),
            variable_values=payload.get("variables"),
            context_value=self._asking,
            operation_name=payload.get("operationName"),
        )
        try:
            async for result in stream:
                yield result
        finally:
            await stream.aclose()

    def _payload_of(self, result: Any) -> Message:
        """As over HTTP."""
        out: Message = {"data": result.data}
        if result.errors:
            out["errors"] = [formatted(error) for error in result.errors]
            codes = [each["extensions"]["code"] for each in out["errors"]]
            told(codes)
            self.ended = codes[0]
            causes = [error.original_error for error in result.errors]
            self.stranger = any(isinstance(each, Stranger) for each in causes)
            if any(isinstance(each, Away) for each in causes):
                self._transports.view.keeper.away()
        if result.extensions:
            out["extensions"] = result.extensions
        return out

    def tell(self) -> None:
        """The line in the log; it is counted, too."""
        asked = self._saved or OTHER
        took = time.monotonic() - self._began
        REQUESTS.labels("websocket", asked, self.ended).inc()
        SECONDS.labels("websocket").observe(took)
        if not log.isEnabledFor(logging.INFO):
            return
        line = {
            "method": "WEBSOCKET",
            "path": "/graphql",
            "ended": self.ended,
            "events": self._events,
            "ms": round(took * 1000, 1),
            "as": LEVELS[self._present.visitor.viewer.level],
            "operation": asked,
        }
        log.info("answered", extra={"told": line})


def ends(result: Any) -> bool:
    """Nothing was executed, or its events have come to an end by a failure."""
    return result.data is None and not any(error.path for error in result.errors or ())
