"""A line for each request: its id, method, path, status, milliseconds, level and operation.

Never who asked, nor what: no query string, no variable, no document. A path that is none of ours
and an operation name that is no name are anyone's text, so they are left out. The health checks,
which come every few seconds, are told of at -vv only.
"""

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tieline.logs import REQUEST
from tieline.schema.consent import VIEWERS

log = logging.getLogger("tieline.requests")

HEADER = "x-request-id"
GIVEN = re.compile(r"[0-9a-fA-F-]{8,64}")  # as proxies make them; other text may name someone
NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,63}")
GONE = 499  # whoever asked has hung up: there is nobody to answer
HEALTH = ("/healthz", "/readyz")
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
                MutableHeaders(scope=message)[HEADER] = request
            await send(message)

        path, token = str(scope["path"]), REQUEST.set(request)
        try:
            await self.app(scope, receive, answer)
            status = status or GONE
        finally:
            write(scope, path, status or 500, time.monotonic() - began)
            REQUEST.reset(token)


def identified(given: str | None) -> str:
    return given if given and GIVEN.fullmatch(given) else secrets.token_hex(8)


def write(scope: Scope, path: str, status: int, seconds: float) -> None:
    level = logging.DEBUG if path in HEALTH else logging.INFO
    if not log.isEnabledFor(level):
        return
    line = {
        "method": scope["method"] if status != 405 else "(other)",
        "path": path if status != 404 else "(none of ours)",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    state = scope.get("state", {})
    if visitor := state.get("visitor"):
        line["as"] = LEVELS[visitor.viewer.level]
    asking = state.get("asking")
    operation = asking.operation if asking else None
    if operation and NAME.fullmatch(operation):
        line["operation"] = operation
    log.log(level, "answered", extra={"told": line})
