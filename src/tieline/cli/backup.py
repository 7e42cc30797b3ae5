"""`tieline backup`: the whole database in one file."""

from dataclasses import asdict
from pathlib import Path

import click
import orjson

from tieline.database.backup import Told, backup
from tieline.queries.hash.hash import graph_hash


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="replace FILE if it is there")
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def command(file: Path, force: bool, as_json: bool) -> None:
    """Write the whole database to FILE, and try that it can be restored.

    The database stops for some seconds while it is dumped, and runs again afterwards if it ran.
    FILE holds all that is known of people: keep it where only those may look who may see it.

    \b
    Examples:
      tieline backup friday.tieline
      tieline backup friday.tieline --force --json
    """
    told = backup(file, force, graph_hash, tell)
    if as_json:
        click.echo(answer(told))
        return
    size = file.stat().st_size / 1e6
    click.echo(f"The database is backed up in {file}: {size:,.1f} MB, {told.seconds:.0f} s.")
    say(told)


def answer(told: Told) -> bytes:
    """The JSON of both commands."""
    return orjson.dumps(asdict(told))


def say(told: Told) -> None:
    """The lines that both commands end with."""
    facts = told.contents.facts
    click.echo(f"graph hash {facts.graph_hash}, checked on a server that had loaded the dump")
    if told.away is None:
        click.echo("The database was not running; it is not running now.")
    else:
        click.echo(f"The database was away for {told.away:.1f} s, and runs again.")


def tell(what: str) -> None:
    click.echo(f"{what} ...", err=True)
