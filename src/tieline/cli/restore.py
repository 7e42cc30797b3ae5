"""`tieline restore`: a backup in the place of the database."""

import sys
from pathlib import Path

import click

from tieline.cli.backup import answer, say, tell
from tieline.database import backup
from tieline.database.address import find
from tieline.database.archive import Contents
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.errors import WrongUse
from tieline.loaders.erasure.again import again
from tieline.loaders.erasure.erase import Erased
from tieline.queries.hash.hash import graph_hash
from tieline.settings import settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="do not ask")
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def command(file: Path, yes: bool, as_json: bool) -> None:
    """Put the database that FILE holds in the place of the present one.

    FILE is tried first, beside the present database, which stays as it is if anything is wrong.
    What was written here since FILE was made is gone afterwards: back it up first if it matters.
    Whoever was erased since is erased from it too.

    \b
    Examples:
      tieline restore friday.tieline
      tieline restore friday.tieline --yes
    """

    def agree(contents: Contents) -> None:
        if not yes and backup.held(Home.current()):
            _ask(file, contents)

    told = backup.restore(file, graph_hash, tell, agree)
    back = _erased_again()
    if as_json:
        click.echo(answer(told))
        return
    click.echo(f"The database is that of {told.contents.made}, from {file}: {told.seconds:.0f} s.")
    say(told)
    if back and back.records:
        click.echo(f"{back.records:,} records of people who were erased since are erased again.")


def _erased_again() -> Erased | None:
    """Whoever was erased here is erased from what was restored too."""
    if not Home.current().erasure_secret.exists():
        return None
    with Graph(find()) as graph:
        return again(graph, settings().today, thorough=True)


def _ask(file: Path, contents: Contents) -> None:
    question = f"This replaces everything in the database by {file}, made {contents.made}."
    if not sys.stdin.isatty():
        raise WrongUse(f"{question} Say --yes if you mean it.")
    click.confirm(f"{question} Go on?", abort=True, err=True)
