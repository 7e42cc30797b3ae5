"""Headers that tell a browser what it must not do with an answer of ours."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
DATA = "default-src 'none'; frame-ancestors 'none'"
PAGE = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURELY = {"strict-transport-security": "max-age=31536000"}  # it came by https, and shall so on
Headers = list[tuple[bytes, bytes]]
BUNDLE = ("/graphiql/", "/map/assets/")  # the pages' own files, which a browser may keep


class Shielded:
    """ASGI middleware. `page`: the explorer; scripts written in it are the only ones that run."""

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self.app = app
        policy = PAGE.format(scripts=_written(page))
        self._shown = _raw(ALWAYS | {"content-security-policy": policy})
        self._data = _raw(ALWAYS | {"content-security-policy": DATA})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._shielded(scope, message["headers"])
            await send(message)

        await self.app(scope, receive, answer)

    def _shielded(self, scope: Scope, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """An answer's headers, and those of ours that it does not give itself."""
        given = dict(headers)
        bundle = str(scope["path"]).startswith(BUNDLE)
        shown = bundle or given.get(b"content-type", b"").startswith(b"text/html")
        ours = self._shown if shown else self._data
        more = [(name, value) for name, value in ours if name not in given]
        if bundle:
            more = [each for each in more if each[0] != b"cache-control"]
        if scope.get("scheme") == "https":
            more += [each for each in _raw(SECURELY) if each[0] not in given]
        return [*headers, *more]


def _raw(headers: dict[str, str]) -> Headers:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _written(page: Path) -> str:
    """The scripts that stand in a page, by their digests."""
    found = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in found]
    return "".join(f" 'sha256-{each}'" for each in digests)
