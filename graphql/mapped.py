"""The map's page at /map, where `make web` has built it; else how to get it, and other ways."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

ROOM = Path(__file__).parent
BUNDLE = ROOM / "picture" / "dist"
ABSENT = ROOM / "no-map.html"


def built() -> bool:
    return (BUNDLE / "index.html").exists()


def routes() -> list[BaseRoute]:
    """What answers under /map."""
    if not built():
        return [Route("/map", absent), Route("/map/", absent)]
    return [Route("/map", page), Mount("/map", StaticFiles(directory=BUNDLE, html=True))]


async def page(_: Request) -> Response:
    return FileResponse(BUNDLE / "index.html", media_type="text/html")


async def absent(_: Request) -> Response:
    return FileResponse(ABSENT, status_code=404, media_type="text/html")
