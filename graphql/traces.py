"""Traces (OpenTelemetry), where `tieline[telemetry]` is installed and OTEL_* asks for them.

    with spanned("parse"):          a part of the request's span; nothing where nobody traces

A request is a span, and so is each operation over a WebSocket, from its beginning to its end; in it
are parsing, validation and each statement by the name of its file. As in the logs, nothing tells
who asked, what, or of whom: no document, variable, parameter or message of an error. What comes as
`traceparent` is heard; `tracestate` and `baggage`, which hold whatever anybody likes, are not.
"""

import importlib.util
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tieline.database.graph import LISTENING
from tieline.graphql.figures import OTHER, route_of
from tieline.logs import REQUEST

log = logging.getLogger("tieline.traces")
ASKED = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_TRACES_EXPORTER",
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_tracer: Any = None


def wanted() -> bool:
    """Whether the environment asks for traces, in OpenTelemetry's own words."""
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    if os.environ.get("OTEL_TRACES_EXPORTER", "").lower() == "none":
        return False
    return any(os.environ.get(name) for name in ASKED)


def begin() -> Callable[[], None]:
    """Trace from now on, if it is asked for; what to call at the end, so that the last are sent."""
    if not wanted():
        return lambda: None
    if importlib.util.find_spec("opentelemetry.exporter") is None:
        log.warning("OTEL_* asks for traces, which want: pip install 'tieline[telemetry]'")
        return lambda: None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return trace_to(BatchSpanProcessor(OTLPSpanExporter()))


def trace_to(processor: Any) -> Callable[[], None]:
    """Trace to this span processor; what to call at the end."""
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider

    global _tracer
    said = Resource.create().attributes
    unnamed = str(said.get(SERVICE_NAME, "")).startswith("unknown_service")
    named = {SERVICE_NAME: "tieline"} if unnamed else {}
    provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer("tieline")
    LISTENING.append(ran)

    def end() -> None:
        global _tracer
        _tracer = None
        LISTENING.remove(ran)
        provider.shutdown()

    return end


@contextmanager
def spanned(name: str) -> Iterator[None]:
    """What is done in here is a part of the request."""
    if _tracer is None:
        yield
        return
    with _tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False):
        yield


def ran(name: str, began: float, ended: bool) -> None:
    """A statement, told once it is over. Those that no request asked for are not traced."""
    from opentelemetry import trace

    if _tracer is None or not trace.get_current_span().get_span_context().is_valid:
        return
    now = time.time_ns()
    said = {"db.system.name": "neo4j", "db.query.summary": name}
    start = now - int((time.monotonic() - began) * 1e9)
    span = _tracer.start_span(name, start_time=start, kind=trace.SpanKind.CLIENT, attributes=said)
    if not ended:
        span.set_status(trace.StatusCode.ERROR)
    span.end(now)


class Traced:
    """ASGI middleware: a request as a span, while anybody traces."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _tracer is None:
            await self.app(scope, receive, send)
            return
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with _request(scope) as span:
            try:
                await self.app(scope, receive, answer)
            finally:
                _close(span, scope, status)


@contextmanager
def operation(parent: object) -> Iterator[Callable[[str | None, str, bool], None]]:
    """One operation over a WebSocket, as a request is: `parent` is the `traceparent` that came with
    it. What to call at its end: which saved one it was, how it ended, whether by our fault."""
    if _tracer is None:
        yield lambda saved, ended, failed: None
        return
    said = {"network.protocol.name": "websocket", "http.route": route_of("/graphql")}
    with _asked(f"WEBSOCKET {said['http.route']}", parent, said) as span:

        def tell(saved: str | None, ended: str, failed: bool) -> None:
            span.set_attribute("graphql.operation.name", saved or OTHER)
            span.set_attribute("tieline.ended", ended)
            _fail(span, failed)

        yield tell


def _request(scope: Scope) -> AbstractContextManager[Any]:
    method = scope["method"] if scope["method"] in METHODS else "_OTHER"
    parent = Headers(scope=scope).get("traceparent")
    return _asked(method, parent, {"http.request.method": method})


@contextmanager
def _asked(name: str, parent: object, said: dict[str, str]) -> Iterator[Any]:
    """The span of what somebody asked; `parent`: anyone's word, heard if it is a traceparent."""
    from opentelemetry import trace
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    given = {"traceparent": parent} if isinstance(parent, str) else {}
    with _tracer.start_as_current_span(
        name,
        TraceContextTextMapPropagator().extract(given),
        kind=trace.SpanKind.SERVER,
        attributes=said | {"tieline.request": REQUEST.get() or ""},
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        yield span


def _fail(span: Any, failed: bool) -> None:
    from opentelemetry import trace

    if failed:
        span.set_status(trace.StatusCode.ERROR)


def _close(span: Any, scope: Scope, status: int) -> None:
    route = route_of(str(scope["path"]))
    span.update_name(f"{span.attributes['http.request.method']} {route}")
    span.set_attribute("http.route", route)
    if status:
        span.set_attribute("http.response.status_code", status)
    state = scope.get("state", {})
    _fail(span, status >= 500 or state.get("away", False))  # of events the status was sent before
    asking = state.get("asking")
    if asking is not None:
        span.set_attribute("graphql.operation.name", asking.saved or OTHER)
