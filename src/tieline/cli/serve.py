"""tieline serve: answer GraphQL, with an explorer in the browser."""

import ipaddress

import click

from tieline.cli.saying import As
from tieline.errors import WrongUse
from tieline.schema.consent import PUBLIC


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 takes a free one.",
)
@click.option(
    "--as",
    "level",
    type=As(),
    default="anonymous",
    show_default=True,
    help="Whoever does not sign in is answered as this. Above anonymous on this machine only.",
)
def command(host: str, port: int, level: str) -> None:
    """Answer GraphQL at /graphql, with an explorer in the browser, until Ctrl-C.

    Whoever signs in is answered as who they are: `tieline token`, docs/sign-in.md.

    \b
    Examples:
      tieline serve
      tieline serve --port 8080 --as weaver
      tieline serve -v --log json
    """
    from tieline.graphql import serving
    from tieline.graphql.who import level_of

    if level_of(level) < PUBLIC and not loopback(host):
        raise WrongUse(
            f"--as {level} would show what is not public to anyone who can reach {host}. "
            "Leave --as away, or listen on 127.0.0.1."
        )
    serving.serve(host, port, level)


def loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
