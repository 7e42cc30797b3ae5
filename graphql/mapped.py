"""The map's page at /map, where `make web` has built it; else how to get it, and other ways."""

import contextlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tieline.database.reader import Reader
from tieline.errors import TielineError
from tieline.queries.map.positions import positions

ROOM = Path(__file__).parent
BUNDLE = ROOM / "picture" / "dist"
ABSENT = ROOM / "no-map.html"


def built() -> bool:
    return (BUNDLE / "index.html").exists()


async def ahead(reader: Reader) -> None:
    """The map of the whole field before anybody opens it, as its page will ask, and settled: who
    comes first does not wait for it. What fails here is told to whoever asks."""
    if built():
        with contextlib.suppress(TielineError):
            await positions(reader, {})


def routes() -> list[BaseRoute]:
    """What answers under /map."""
    if not built():
        return [Route("/map", absent), Route("/map/", absent)]
    return [Route("/map", page), Mount("/map", StaticFiles(directory=BUNDLE, html=True))]


async def page(_: Request) -> Response:
    return FileResponse(BUNDLE / "index.html", media_type="text/html")


async def absent(_: Request) -> Response:
    return FileResponse(ABSENT, status_code=404, media_type="text/html")
