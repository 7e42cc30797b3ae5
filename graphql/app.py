"""The service: GraphQL, an explorer in the browser, exports, its health and its figures."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from tieline.database.address import Address
from tieline.database.home import Home
from tieline.database.keeper import Keeper
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.graphql import limits, mapped
from tieline.graphql.elsewhere import ANSWERED_WITH, ASKED_WITH, Elsewhere
from tieline.graphql.exporting import Exports
from tieline.graphql.figures import listen
from tieline.graphql.logged import Logged
from tieline.graphql.operations import saved
from tieline.graphql.ready import Ready
from tieline.graphql.rehearsed import rehearse
from tieline.graphql.shielded import Shielded
from tieline.graphql.signin.door import Door
from tieline.graphql.signin.issued import Issued
from tieline.graphql.signin.tokens import Tokens
from tieline.graphql.traces import Traced
from tieline.graphql.view import View
from tieline.graphql.warm import warm
from tieline.graphql.watching import Watching
from tieline.queries.answers.kept import forget_all
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import PUBLIC, Viewer
from tieline.settings import Service, issuer, service, settings

ROOM = Path(__file__).parent
BUNDLE = ROOM / "explorer" / "dist"  # GraphiQL, where `make web` has built it
# Who sees more than anyone may is asked by this machine's own names: a page elsewhere, whose name
# were made to lead here, could ask as them. "[" is how an IPv6 address begins.
HERE = ("127.0.0.1", "localhost", "[")
PAGE = ROOM / "explorer.html"  # our own page, where it has not


def build(address: Address, viewer: Viewer) -> Starlette:
    """The application: whoever does not sign in is answered as `viewer`. It opens and closes its
    driver.

    Raises:
        WrongUse: a setting that cannot be read, or that would let pages elsewhere ask as `viewer`.
    """
    bundled, allowed = (BUNDLE / "index.html").exists(), service()
    limits.allow(allowed.limits)
    page = BUNDLE / "index.html" if bundled else PAGE
    layers = onion(viewer, allowed, page)
    view = View(door(viewer), allowed, address.database, page)
    listen()

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        async with view.keeper:
            yield
        await view.snapshots.close()
        view.close()

    view.keeper = keeper(address, viewer, view)
    ready = Ready(view.keeper, view.planned, lambda: view.snapshots.of(viewer))

    routes: list[BaseRoute] = [
        Route("/", home),
        *asked(view),
        Route("/graphiql/operations.json", operations),
        Route("/export/{form}", Exports(view)),
        *mapped.routes(),
        *explorer(bundled),
        Route("/healthz", alive),
        Route("/readyz", ready.answer),
        Route("/metrics", Watching(view, allowed.metrics).answer),
    ]
    application = Starlette(routes=routes, lifespan=life, middleware=layers)
    application.state.live = view.live
    return application


def asked(view: View) -> list[BaseRoute]:
    """One address for what is answered once, and for what stays open."""
    return [Route("/graphql", view), WebSocketRoute("/graphql", view)]


def explorer(bundled: bool) -> list[BaseRoute]:
    """GraphiQL's own files, where it has been built."""
    return [Mount("/graphiql", StaticFiles(directory=BUNDLE))] if bundled else []


def door(viewer: Viewer) -> Door:
    by = issuer()
    return Door(viewer, Tokens(Home.current().tokens), Issued(by) if by else None)


def onion(viewer: Viewer, allowed: Service, page: Path) -> list[Middleware]:
    """What a request goes through before it comes to a route.

    Raises:
        WrongUse: pages elsewhere could ask as somebody who sees more than anyone may.
    """
    layers = [Middleware(Logged), Middleware(Traced), Middleware(Shielded, page=page)]
    above = viewer.level < PUBLIC or viewer.person is not None
    if above and allowed.origins:
        raise WrongUse(
            "TIELINE_CORS lets pages elsewhere ask, and --as would show them what is not public: "
            "leave one of the two away."
        )
    if allowed.origins:
        cors = Middleware(
            Elsewhere,
            allow_origins=allowed.origins,
            allow_methods=("GET", "POST"),
            allow_headers=ASKED_WITH,
            expose_headers=ANSWERED_WITH,
        )
        layers.append(cors)
    if above:
        layers.append(Middleware(TrustedHostMiddleware, allowed_hosts=HERE, www_redirect=False))
    return layers


def keeper(address: Address, viewer: Viewer, view: View) -> Keeper:
    """Of the view's driver. `viewer`: for whom the questions are planned."""

    def fresh(driver: AsyncDriver) -> Awaitable[None]:
        view.begins()
        forget_all()  # it may be another database, or this one as it was
        former, view.driver = getattr(view, "snapshots", None), driver
        made = view.snapshots = Snapshots(driver, address.database, settings().snapshot_ties)
        reader = Reader(driver, address.database, viewer, seconds=60.0)

        def done() -> None:
            if view.snapshots is made:  # or the database has begun anew since
                view.planned.set()

        return begin(made, reader, former, done)

    return Keeper(address, fresh)


async def begin(
    snapshots: Snapshots, reader: Reader, former: Snapshots | None, done: Callable[[], None]
) -> None:
    """Beside the first questions: a large field is read into memory, plans and the map are made."""
    try:
        if former:  # of a database that went away
            await former.close()
        await snapshots.view(reader)
        # A large field's map takes memory: it is drawn once it is asked for. Others are drawn while
        # the database plans, so that who opens the map first finds it there.
        drawn = [] if snapshots.of(reader.viewer).large else [mapped.ahead(reader)]
        await asyncio.gather(plan(reader, snapshots), *drawn)
    finally:  # what could not be planned is planned when it is asked for
        done()


async def plan(reader: Reader, snapshots: Snapshots) -> None:
    await warm(reader)
    await rehearse(reader, snapshots)


async def home(_: Request) -> Response:
    return RedirectResponse("/graphql")


async def alive(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def operations(_: Request) -> Response:
    return JSONResponse([operation.told() for operation in saved().values()])
