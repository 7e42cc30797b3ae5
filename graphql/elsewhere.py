"""Pages of named origins may ask. Exports say for themselves which pages may read them: any."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

ASKED_WITH = ("authorization", "content-type", "x-tieline-bookmark", "x-request-id", "traceparent")
ANSWERED_WITH = ("x-request-id", "retry-after")


class Elsewhere(CORSMiddleware):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path", "").startswith("/export/"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
