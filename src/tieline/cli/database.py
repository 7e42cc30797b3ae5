"""`tieline database`: start, stop and look at the database."""

import sys
from collections import deque
from dataclasses import asdict

import click
import orjson

from tieline.database import address, server, status
from tieline.database.home import Home
from tieline.errors import WrongUse

MEGABYTES = ("heap", "page_cache", "resident")


@click.group()
def command() -> None:
    """Start, stop and look at the database.

    Every command that needs the database starts it, and leaves it running for the next. It ends
    by `stop`, or after half an hour without any client.

    \b
    Examples:
      tieline database status
      tieline database stop
    """


@command.command()
def start() -> None:
    """Start the database, if it is not running.

    \b
    Examples:
      tieline database start
    """
    _ours("started")
    found = server.start()
    click.echo(f"The database runs at {found.uri}")


@command.command()
def stop() -> None:
    """Stop the database; everything in it is kept.

    \b
    Examples:
      tieline database stop
    """
    _ours("stopped")
    click.echo("The database is stopped." if server.stop() else "The database was not running.")


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def status_(as_json: bool) -> None:
    """Say whether the database runs, and where; start nothing.

    \b
    Examples:
      tieline database status
      tieline database status --json
    """
    now = status.look()
    if as_json:
        click.echo(orjson.dumps(asdict(now)))
        return
    click.echo("The database is running." if now.running else "The database is not running.")
    for name, value in asdict(now).items():
        if name != "running" and value is not None:
            unit = " MB" if name in MEGABYTES else ""
            click.echo(f"  {name.replace('_', ' ')}: {value}{unit}")


@command.command()
@click.option("--lines", default=40, show_default=True, type=click.IntRange(1), help="how many")
def logs(lines: int) -> None:
    """Print the end of the server's log.

    \b
    Examples:
      tieline database logs --lines 20
    """
    _ours("read")
    log = Home.current().log
    if not log.exists():
        raise WrongUse("There is no log yet. The first `tieline database start` begins one.")
    with log.open(encoding="utf-8", errors="replace") as file:
        click.echo("".join(deque(file, lines)), nl=False)


@command.command()
@click.option("--yes", is_flag=True, help="do not ask")
def wipe(yes: bool) -> None:
    """Stop the database and remove everything in it.

    \b
    Examples:
      tieline database wipe --yes
    """
    _ours("wiped")
    home = Home.current()
    if not yes:
        if not sys.stdin.isatty():
            raise WrongUse("This removes everything in the database. Say --yes if you mean it.")
        click.confirm(f"Remove everything in {home.neo4j}?", abort=True)
    server.wipe()
    click.echo("The database is empty: the next start makes a new one.")


def _ours(verb: str) -> None:
    if given := address.given():
        raise WrongUse(
            f"TIELINE_NEO4J_URI names the database at {given.uri}, which is not ours to be {verb}. "
            "Unset TIELINE_NEO4J_URI to use the one that Tieline runs here."
        )
