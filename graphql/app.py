"""The service: GraphQL, an explorer in the browser, exports, and two questions about its health."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import check
from tieline.database.keeper import Keeper
from tieline.database.reader import Reader
from tieline.errors import TielineError
from tieline.graphql.exporting import Exports
from tieline.graphql.logged import Logged
from tieline.graphql.operations import saved
from tieline.graphql.view import View
from tieline.graphql.warm import warm
from tieline.queries.answers.kept import forget_all
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import PUBLIC, Viewer
from tieline.settings import settings

log = logging.getLogger("tieline.graphql")
ROOM = Path(__file__).parent
BUNDLE = ROOM / "explorer" / "dist"  # GraphiQL, where `make web` has built it
# Who sees more than anyone may is asked by this machine's own names: a page elsewhere, whose name
# were made to lead here, could ask as them. "[" is how an IPv6 address begins.
HERE = ("127.0.0.1", "localhost", "[")
PAGE = ROOM / "explorer.html"  # our own page, where it has not


def build(address: Address, viewer: Viewer) -> Starlette:
    """The application, speaking as `viewer` to whoever asks; it opens and closes its driver."""
    bundled = (BUNDLE / "index.html").exists()
    view = View(viewer, address.database, BUNDLE / "index.html" if bundled else PAGE)

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        async with view.keeper:
            yield
        await view.snapshots.close()
        view.close()

    planned = asyncio.Event()

    def fresh(driver: AsyncDriver) -> Awaitable[None]:
        planned.clear()
        forget_all()  # it may be another database, or this one as it was
        former, view.driver = getattr(view, "snapshots", None), driver
        view.snapshots = Snapshots(driver, address.database, settings().snapshot_ties)
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        return begin(view.snapshots, reader, former, planned)

    async def ready(_: Request) -> Response:
        return await readiness(view.keeper, planned, view.snapshots)

    view.keeper = Keeper(address, fresh)

    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/graphql", view),
        Route("/graphiql/operations.json", operations),
        Route("/export/{form}", Exports(view).answer, methods=["GET", "OPTIONS"]),
        Route("/healthz", alive),
        Route("/readyz", ready),
    ]
    if bundled:
        routes.append(Mount("/graphiql", StaticFiles(directory=BUNDLE)))
    onion = [Middleware(Logged)]
    if viewer.level < PUBLIC or viewer.person:
        onion.append(Middleware(TrustedHostMiddleware, allowed_hosts=HERE, www_redirect=False))
    return Starlette(routes=routes, lifespan=life, middleware=onion)


async def begin(
    snapshots: Snapshots, reader: Reader, former: Snapshots | None, planned: asyncio.Event
) -> None:
    """Beside the first questions: a large field is read into memory, plans are made."""
    try:
        if former:  # of a database that went away
            await former.close()
        await snapshots.view(reader)
        await warm(reader)
    finally:  # what could not be planned is planned when it is asked for
        planned.set()


async def home(_: Request) -> Response:
    return RedirectResponse("/graphql")


async def alive(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def readiness(keeper: Keeper, planned: asyncio.Event, snapshots: Snapshots) -> Response:
    """Whether the database answers, holds the model of this code, and has planned its questions;
    and how pathways are answered."""
    try:
        missing = await asyncio.to_thread(lacking, keeper.address)
    except TielineError as error:
        keeper.away()
        log.warning("not ready: %s", error)  # where it should be is not for whoever asks to read
        return PlainTextResponse("No database answers just now.\n", status_code=503)
    if missing:
        told = f"The database lacks {', '.join(missing)}. Bring it: tieline schema install\n"
        return PlainTextResponse(told, status_code=503)
    if not planned.is_set():
        told = "The database answers; its questions are being planned. Ask again in a moment.\n"
        return PlainTextResponse(told, status_code=503)
    return PlainTextResponse(f"ready\nPathways: {snapshots.told()}.\n")


def lacking(address: Address) -> list[str]:
    with Graph(address) as graph:
        return check(graph)


async def operations(_: Request) -> Response:
    return JSONResponse([operation.told() for operation in saved().values()])
