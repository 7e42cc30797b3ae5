"""`tieline withdraw`: take back everything a source said."""

import sys

import click
import orjson

from tieline.cli.completion import slugs
from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.errors import NotFound
from tieline.loaders.withdraw import Taken, withdraw


@click.command()
@click.argument("source", shell_complete=slugs)
@click.option("--dry-run", is_flag=True, help="Do all, keep nothing: the figures are true.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(source: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take back all that SOURCE said, as if it had never been loaded.

    Asks first, on a terminal. Stopped half-way and run again, it goes on.

    \b
    Examples:
      tieline withdraw lanterns --dry-run
      tieline withdraw lanterns --yes
    """
    with Graph(find()) as graph:
        known = graph.read("load/source", slug=source)
        if not known:
            raise NotFound(f"No source is called {source}. `tieline loads` lists those there are.")
        rows = known[0]["rows"]
        if sys.stdin.isatty() and not yes and not dry_run:
            click.confirm(f"Take back {rows:,} rows of {source}?", abort=True, err=True)
        taken = withdraw(graph, source, lambda done: _tell(done, rows), dry_run)
        version = graph.version()
    if as_json:
        head = {"source": source, "dry_run": dry_run, "withdrawn": taken.rows}
        click.echo(orjson.dumps(head | taken.as_json() | {"graph_version": version}))
    else:
        _say(source, taken, dry_run)


def _tell(done: int, rows: int) -> None:
    click.echo(f"{done:,} of {rows:,} rows", err=True)


def _say(source: str, taken: Taken, dry_run: bool) -> None:
    verb = "would be" if dry_run else "are"
    click.echo(f"{taken.rows:,} rows of {source} {verb} taken back.")
    for kind, count in taken.as_json()["entities"].items():
        apart = f"; {count['begun']:,} parted from others" if count["begun"] else ""
        click.echo(
            f"  {kind}: {count['gone']:,} gone, {count['stay']:,} stay by others' word, "
            f"{count['changed']:,} of them reading otherwise{apart}"
        )
    click.echo(
        f"  {taken.relationships:,} relationships, {taken.observations:,} observations and "
        f"{taken.ties:,} ties fewer"
    )
    if dry_run:
        click.echo(f"Nothing was changed. To do it: tieline withdraw {source}")
