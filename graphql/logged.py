"""A line for each request: its id, method, path, status, milliseconds, level and operation.

Never who asked, nor what: no query string, no variable, no document. A path or a method that is
none of ours and the name that somebody gave their operation are anyone's text, so they are left
out: only a saved operation is named. The health checks and /metrics, which are asked for every few
seconds, are told of at -vv only. What is told is counted, too.
"""

import logging
import re
import secrets
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tieline.exports.written import FORMATS
from tieline.graphql.figures import EVENTS, OTHER, answered
from tieline.graphql.shielded import BUNDLE
from tieline.logs import REQUEST
from tieline.schema.consent import VIEWERS

log = logging.getLogger("tieline.requests")

HEADER, NAME = "x-request-id", b"x-request-id"
GIVEN = re.compile(r"[0-9a-fA-F-]{8,64}")  # as proxies make them; other text may name someone
GONE = 499  # whoever asked has hung up: there is nobody to answer
HEALTH = ("/healthz", "/readyz", "/metrics")
OURS = {"/", "/graphql", "/graphiql/operations.json", "/map", "/map/", *HEALTH}
OURS |= {f"/export/{name}" for name in FORMATS}
FOUND = (200, 206, 304)  # of a page's own files: what was found there is ours
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LEVELS = {level: name for name, level in VIEWERS.items()}


class Logged:
    """ASGI middleware. The id is the proxy's where it gives one, and goes back in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = identified(Headers(scope=scope).get(HEADER))
        status, began = 0, time.monotonic()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (NAME, request.encode())]
            await send(message)

        path, token = str(scope["path"]), REQUEST.set(request)
        try:
            await self.app(scope, receive, answer)
            status = status or GONE
        finally:
            seconds = time.monotonic() - began
            streamed = scope.get("state", {}).get("streamed")
            route = EVENTS if streamed else path  # how long such a one took says nothing of others
            answered(route, operation_in(scope), status or 500, seconds)
            write(scope, path, status or 500, seconds)
            REQUEST.reset(token)


def identified(given: str | None) -> str:
    return given if given and GIVEN.fullmatch(given) else secrets.token_hex(8)


def operation_in(scope: Scope) -> str | None:
    """The saved operation that was asked for, or the format of an export."""
    if form := scope.get("state", {}).get("form"):
        return str(form)
    asking = scope.get("state", {}).get("asking")
    return asking.saved or OTHER if asking else None


def ours(method: str, path: str, status: int) -> bool:
    """Whether a path is a word of ours, whatever was answered there."""
    found = method in ("GET", "HEAD") and status in FOUND
    return path in OURS or (found and path.startswith(BUNDLE))


def write(scope: Scope, path: str, status: int, seconds: float) -> None:
    level = logging.DEBUG if path in HEALTH else logging.INFO
    if not log.isEnabledFor(level):
        return
    line = {
        "method": scope["method"] if scope["method"] in METHODS else "(other)",
        "path": path if ours(scope["method"], path, status) else "(none of ours)",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    state = scope.get("state", {})
    if visitor := state.get("visitor"):
        line["as"] = LEVELS[visitor.viewer.level]
    if operation := operation_in(scope):
        line["operation"] = operation
    log.log(level, "answered", extra={"told": line})
