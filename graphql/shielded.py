"""Headers that tell a browser what it must not do with an answer of ours."""

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
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
SECURELY = "max-age=31536000"  # where it came by https, it shall from now on
BUNDLE = ("/graphiql/", "/map/assets/")  # the pages' own files, which a browser may keep


class Shielded:
    """ASGI middleware. `page`: the explorer; scripts written in it are the only ones that run."""

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self.app, self.page = app, PAGE.format(scripts=_written(page))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._shield(scope, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, answer)

    def _shield(self, scope: Scope, headers: MutableHeaders) -> None:
        bundle = str(scope["path"]).startswith(BUNDLE)
        shown = bundle or headers.get("content-type", "").startswith("text/html")
        for name, value in ALWAYS.items():
            if not (bundle and name == "cache-control"):
                headers.setdefault(name, value)
        headers.setdefault("content-security-policy", self.page if shown else DATA)
        if scope.get("scheme") == "https":
            headers.setdefault("strict-transport-security", SECURELY)


def _written(page: Path) -> str:
    """The scripts that stand in a page, by their digests."""
    found = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in found]
    return "".join(f" 'sha256-{each}'" for each in digests)
