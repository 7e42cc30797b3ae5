"""Running the service: the port taken first, the address told, Ctrl-C a clean end."""

import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Iterator

import click
import uvicorn
from starlette.applications import Starlette

from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.errors import WrongUse
from tieline.graphql import limits, mapped
from tieline.graphql.app import build
from tieline.graphql.live import events
from tieline.graphql.traces import begin
from tieline.graphql.who import level_of, viewer_of
from tieline.loaders.erasure.again import again
from tieline.loaders.refresh import refresh, stale
from tieline.schema.consent import PUBLIC
from tieline.settings import issuer, settings


def serve(host: str, port: int, level: str) -> None:
    """Serve until Ctrl-C.

    Raises:
        WrongUse: the port is taken.
        DatabaseProblem: no database answers.
    """
    taken = bound(host, port)
    address = find()
    with Graph(address) as graph:
        install(graph)
        again(graph, settings().today)  # if it was restored: the erased are erased from it too
        freshen(graph)
    application = build(address, viewer_of(address, level))
    at = f"[{host}]" if ":" in host else host
    url = f"http://{at}:{taken.getsockname()[1]}/graphql"
    traced = begin()
    try:
        with quietly():
            Telling(configured(application), url, level).run(sockets=[taken])
    finally:
        traced()


def configured(application: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_keep_alive=KEPT,
        ws="websockets-sansio",
        ws_max_size=limits.BODY,
        ws_per_message_deflate=False,  # small messages, and nothing that grows when it is read
        timeout_graceful_shutdown=GRACE,
    )


# An answer of a thousand rows makes ten thousand things and no circle: by Python's own thresholds
# (700, 10, 10) a sixth of its time goes into looking for rubbish.
RUBBISH = (50_000, 20, 100)
KEPT = 60  # seconds that a connection without a question stays: people read before they ask on
GRACE = 10  # seconds in which what is being answered when the service ends may be finished


class Telling(uvicorn.Server):
    """Tells its address once it answers there, and whoever is connected when it ends."""

    def __init__(self, config: uvicorn.Config, url: str, level: str) -> None:
        super().__init__(config)
        self.url, self.level = url, level

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()  # what a service begins with stays: it is searched for rubbish no more
            gc.set_threshold(*RUBBISH)
            told(self.url, self.level)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()  # nobody comes in while the others are told
        await self.config.app.state.live.close()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def bound(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sends small answers at once: without, each waits 40 ms.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: whoever takes nothing of an answer is let go
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * events.STALL))
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise WrongUse(
            f"{host} port {port} cannot be used: {error.strerror}. Give another with --port."
        ) from None
    return taken


def freshen(graph: Graph) -> None:
    """Ties fade: those of more than seven days ago are computed as of today."""
    today = settings().today
    if stale(graph, today):
        click.echo("Computing the ties as of today.", err=True)
        refresh(graph, today)


def told(url: str, level: str) -> None:
    if level_of(level) < PUBLIC:
        click.secho(
            f"NO SIGN-IN: everyone on this machine is answered as {level}. Nobody else can "
            "reach it; do not forward this port.",
            err=True,
            bold=True,
            fg="yellow" if sys.stderr.isatty() else None,
        )
    click.echo(f"Answering {level} questions at {url} (Ctrl-C ends it)", err=True)
    if mapped.built():
        click.echo(f"The map is at {url.removesuffix('graphql')}map", err=True)
    by = issuer()
    ways = "personal tokens" + (f" and tokens of {by.issuer}" if by else "")
    click.echo(f"Whoever signs in is answered as who they are: by {ways}.", err=True)


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Ctrl-C is how it is ended: not an error, and no stack trace."""
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
