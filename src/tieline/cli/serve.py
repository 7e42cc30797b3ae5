"""tieline serve: answer GraphQL, with an explorer in the browser."""

import ipaddress

import click

from tieline.errors import WrongUse
from tieline.schema.consent import PUBLIC, VIEWERS


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
    type=click.Choice(list(VIEWERS)),
    default="anonymous",
    show_default=True,
    help="Whoever asks is answered as this. Above anonymous on this machine only.",
)
def command(host: str, port: int, level: str) -> None:
    """Answer GraphQL at /graphql, with an explorer in the browser, until Ctrl-C."""
    from tieline.graphql import serving

    if VIEWERS[level] < PUBLIC and not loopback(host):
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
