"""Running the service: the port taken first, the address told, Ctrl-C a clean end."""

import contextlib
import errno
import gc
import ipaddress
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
from tieline.graphql.asked_erasure import settle
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
        installed(graph)
        again(graph, settings().today)  # if it was restored: the erased are erased from it too
        settle(graph)
        freshen(graph)
    application = build(address, viewer_of(address, level))
    url = base(host, taken.getsockname()[1])
    traced = begin()
    try:
        with quietly():
            Telling(configured(application), url, level, everywhere(host)).run(sockets=[taken])
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


# An answer of a thousand rows makes ten thousand things and no circle. By Python's own thresholds
# (700, 10, 10) a sixth of its time goes into looking for rubbish; by 50,000, a few such answers at
# once, up to a fifth.
RUBBISH = (150_000, 20, 100)
KEPT = 60  # seconds that a connection without a question stays: people read before they ask on
# No address of this machine, of another family, or none at all.
NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EINVAL)
GRACE = 10  # seconds in which what is being answered when the service ends may be finished


class Telling(uvicorn.Server):
    """Tells its address (`url`, of all it answers) once it answers there, and whoever is connected
    when it ends."""

    def __init__(
        self, config: uvicorn.Config, url: str, level: str, everywhere: bool = False
    ) -> None:
        super().__init__(config)
        self.url, self.level, self.everywhere = f"{url.rstrip('/')}/", level, everywhere

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()  # what a service begins with stays: it is searched for rubbish no more
            gc.set_threshold(*RUBBISH)
            told(self.url, self.level, self.everywhere)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()  # nobody comes in while the others are told
        await self.config.app.state.live.close()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def bound(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is begun."""
    family = family_of(host)
    # With the protocol named asyncio sends small answers at once: without, each waits 40 ms.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: whoever takes nothing of an answer is let go
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * events.STALL))
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        mend = "Give another with --port."
        if isinstance(error, socket.gaierror) or error.errno in NOT_HERE:
            mend = "Give one of this machine's with --host: its name or number, and no port."
        raise WrongUse(f"{host} port {port} cannot be used: {error.strerror}. {mend}") from None
    return taken


def family_of(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def everywhere(host: str) -> bool:
    """Whether that is every address of this machine: `0.0.0.0`, `::`, or none at all."""
    try:
        return not host or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def base(host: str, port: int) -> str:
    """The address of all that is answered, as a browser on this machine opens it."""
    if everywhere(host):
        host = "::1" if family_of(host) == socket.AF_INET6 else "127.0.0.1"
    at = f"[{host.replace('%', '%25')}]" if ":" in host else host
    return f"http://{at}:{port}/"


def installed(graph: Graph) -> None:
    """A database that has never been used is one to be filled: nobody has to prepare it."""
    if brought := install(graph):
        parts = "a part" if len(brought) == 1 else f"{len(brought)} parts"
        click.echo(f"The database lacked {parts} of the model: brought now.", err=True)


def freshen(graph: Graph) -> None:
    """Ties fade: those of more than seven days ago are computed as of today."""
    today = settings().today
    if stale(graph, today):
        click.echo("Computing the ties as of today.", err=True)
        refresh(graph, today)


def told(url: str, level: str, everywhere: bool) -> None:
    """What whoever runs it wants to know; `url` ends with a slash."""
    if level_of(level) < PUBLIC:
        click.secho(
            f"NO SIGN-IN: everyone on this machine is answered as {level}. Nobody else can "
            "reach it; do not forward this port.",
            err=True,
            bold=True,
            fg="yellow" if sys.stderr.isatty() else None,
        )
    click.echo(f"Answering {level} questions at {url}graphql (Ctrl-C ends it)", err=True)
    if everywhere:
        click.echo("Others reach it by this machine's own name or address.", err=True)
    if mapped.built():
        click.echo(f"The map is at {url}map", err=True)
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
