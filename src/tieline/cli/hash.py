"""`tieline hash`: one line for the whole graph."""

import click
import orjson

from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.queries.hash.hash import graph_hash


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def command(as_json: bool) -> None:
    """Print one line for the whole graph, its hash last.

    Two graphs have the same hash if the same has been said and judged, in whatever order it came.

    \b
    Examples:
      tieline hash
      tieline hash --json
    """
    with Graph(find()) as graph:
        version = graph.version()
        found = graph_hash(graph)
    if as_json:
        click.echo(orjson.dumps({"hash": found, "graph_version": version}))
    else:
        click.echo(f"graph {version} {found}")
