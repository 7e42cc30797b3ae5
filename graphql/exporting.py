"""Exports over HTTP: GET /export/<format>?scope=place:Leeds&scope=label:middling&all=true

The same drawing as `tieline export` makes, for whoever signed in, as it is read. What
anyone may see, any page may read (CORS): so a Kumu link stays live. Who has it already, by its
ETag, is told so and no more.
"""

import asyncio
import contextlib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from tieline import __version__
from tieline.database.reader import Reader
from tieline.errors import Away, NotFound, TielineError, TookTooLong, WrongUse
from tieline.exports.form import Form
from tieline.exports.read import asked
from tieline.exports.written import form, stream
from tieline.graphql.errors import internal, sentence
from tieline.graphql.live.events import patient
from tieline.graphql.refused import refusal
from tieline.graphql.view import AGAIN, View
from tieline.schema.consent import PUBLIC, Viewer
from tieline.settings import settings

SECONDS = 60.0  # a statement: a page of a large field
AT_ONCE = 8  # exports that are read and written; others wait, and take no connection meanwhile
SCOPES = ("place", "theme", "network", "label")
SWITCHES = {"all": "everything", "numbers": "numbers"}
ANY, TAG = "*", re.compile(r'(?:^|[\s,])(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")(?=[\s,]|$)')
ALLOWED = {"allow": "GET, HEAD, OPTIONS"}
EXPOSED = "ETag, Content-Disposition, Retry-After, X-Request-Id"
SAID = {"true": True, "1": True, "": True, "false": False, "0": False}


@dataclass
class Exports:
    """Asks through the driver that the view has now."""

    view: View
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """What is asked, or why not: that too a page reads that may read the export."""
        anyone = shared(self.view.door.anyone)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=anyone | asking(anyone))
        if request.method not in ("GET", "HEAD"):
            return refusal("An export is asked for by GET.", 405, headers=anyone | ALLOWED)
        found = await self._found(request)
        visitor = getattr(request.state, "visitor", None)
        found.headers.update(shared(visitor.viewer) if visitor else anyone)
        return found

    async def _found(self, request: Request) -> Response:
        try:
            found = await self.view.welcome(request)
            return found or await self._answer(request, request.state.visitor.viewer)
        except Away as error:
            self.view.keeper.away()
            return refusal(sentence(error), 503, error.code, {"retry-after": AGAIN})
        except TielineError as error:
            return refusal(sentence(error), status(error), error.code)
        except Exception as error:  # ours to mend, and not for whoever asks to read
            message, extensions = internal(error)
            return refusal(message, 500, extensions["code"])

    async def _answer(self, request: Request, viewer: Viewer) -> Response:
        name = request.path_params["form"]
        made, wish = form(name), wished(request.query_params)
        request.state.form = name  # for the log
        reader = Reader(self.view.driver, self.view.database, viewer, seconds=SECONDS)
        tag = etag(await reader.version(), viewer, name, wish)
        has = held(request.headers.getlist("if-none-match"))
        if tag in has:
            return Response(status_code=304, headers={"etag": tag})
        named = {"etag": tag, "content-disposition": disposition(name, made)}
        async with contextlib.AsyncExitStack() as turn:
            await turn.enter_async_context(self.turns)
            drawing = await asked(reader, wish["scope"], made.placed, **wish["more"])
            if ANY in has:  # there is one, whichever it is they have: they want none
                return Response(status_code=304, headers={"etag": tag})
            if request.method == "HEAD":
                return headed(named, made.media)
            pieces = stream(made(drawing.about), drawing)
            return Streamed(pieces, turn.pop_all(), headers=named, media_type=made.media)


class Streamed(StreamingResponse):
    """Its turn ends with it, when whoever asked hangs up, or when they take nothing of it for STALL
    seconds: else some who never read would keep all others waiting."""

    def __init__(self, pieces: Any, turn: contextlib.AsyncExitStack, **more: Any) -> None:
        super().__init__(pieces, **more)
        self.turn = turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self.turn:
            with contextlib.suppress(TimeoutError):
                await super().__call__(scope, receive, patient(send))


def headed(headers: Mapping[str, str], media: str) -> Response:
    """What would be answered, without it: how long it would be is not known."""
    found = Response(headers=headers, media_type=media)
    del found.headers["content-length"]
    return found


def wished(params: QueryParams) -> dict[str, Any]:
    """{scope: names by kind, more: what else `asked` takes}.

    Raises:
        WrongUse: a parameter that means nothing here.
    """
    if wrong := sorted(set(params) - {"scope", *SWITCHES}):
        raise WrongUse(f"There is no parameter {wrong[0]!r}: scope, {', '.join(SWITCHES)}.")
    scope: dict[str, str] = {}
    for each in params.getlist("scope"):
        kind, _, name = each.partition(":")
        if kind not in SCOPES or not name.strip() or kind in scope:
            raise WrongUse(
                f"scope={each!r} is none: write scope=place:Leeds, {', '.join(SCOPES)} once each."
            )
        scope[kind] = name.strip()
    more: dict[str, Any] = {told: switch(params, name) for name, told in SWITCHES.items()}
    return {"more": more | {"label": scope.pop("label", None)}, "scope": scope}


def switch(params: QueryParams, name: str) -> bool:
    said = params.get(name, "false").casefold()
    if said not in SAID:
        raise WrongUse(f"{name}={said!r} is neither true nor false.")
    return SAID[said]


def etag(version: str, viewer: Viewer, name: str, wish: Mapping[str, Any]) -> str:
    """Of the graph's version, the viewer's level and what is asked; and of the day it names.

    Weak: what is written while the graph changes may be newer in parts than the next of this tag.
    """
    day = settings().today.isoformat()
    told = repr((version, viewer.level, name, sorted(wish["scope"].items()), wish["more"], day))
    return f'W/"{hashlib.sha256(f"{__version__} {told}".encode()).hexdigest()[:24]}"'


def held(headers: Sequence[str]) -> set[str]:
    """The tags that a reader has, as If-None-Match lists them: weak or not is no matter (RFC 9110,
    8.8.3.2 and 13.1.2)."""
    text = ", ".join(headers)
    return {ANY} if text.strip() == ANY else {f"W/{each}" for each in TAG.findall(text)}


def disposition(name: str, made: type[Form]) -> str:
    return f'attachment; filename="tieline-{name}-{settings().today}{made.suffix}"'


def shared(viewer: Viewer) -> dict[str, str]:
    """What is public is anyone's to read, on any page; all else is nobody's to keep."""
    safe = {"x-content-type-options": "nosniff"}
    if viewer.level < PUBLIC or viewer.person:
        return safe | {"cache-control": "private, no-store"}
    return safe | {
        "cache-control": "public, no-cache",
        "cross-origin-resource-policy": "cross-origin",
        "vary": "authorization",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": EXPOSED,
    }


def asking(headers: Mapping[str, str]) -> dict[str, str]:
    """What a browser wants to know before it asks with If-None-Match."""
    if "access-control-allow-origin" not in headers:
        return ALLOWED
    return {
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "If-None-Match",
        "access-control-max-age": "86400",
    }


def status(error: TielineError) -> int:
    if isinstance(error, TookTooLong):  # the next may find the database less busy
        return 503
    return 404 if isinstance(error, NotFound) else 400 if isinstance(error, WrongUse) else 500
