"""`tieline withdraw`: take back everything a source said."""

import sys

import click
import orjson

from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.errors import NotFound
from tieline.loaders.withdraw import withdraw


@click.command()
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(source: str, yes: bool, as_json: bool) -> None:
    """Take back all that SOURCE said, as if it had never been loaded.

    Asks first, on a terminal. Stopped half-way and run again, it goes on.
    """
    with Graph(find()) as graph:
        known = graph.read("load/source", slug=source)
        if not known:
            raise NotFound(f"No source is called {source}. `tieline loads` lists those there are.")
        rows = known[0]["rows"]
        if sys.stdin.isatty() and not yes:
            click.confirm(f"Take back {rows:,} rows of {source}?", abort=True, err=True)
        gone = withdraw(graph, source, lambda done: _tell(done, rows))
        answer = {"source": source, "withdrawn": gone, "graph_version": graph.version()}
    if as_json:
        click.echo(orjson.dumps(answer))
    else:
        click.echo(f"{gone:,} rows of {source} are taken back.")


def _tell(done: int, rows: int) -> None:
    click.echo(f"{done:,} of {rows:,} rows", err=True)
