"""`tieline ties`: what concerns all ties at once."""

from datetime import datetime

import click
import orjson

from tieline.database.address import find
from tieline.database.graph import Graph


@click.group()
def command() -> None:
    """What concerns all ties at once.

    \b
    Examples:
      tieline ties refresh
    """


@command.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day; today if nothing is said.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def refresh(as_of: datetime | None, as_json: bool) -> None:
    """Compute every tie as of today: ties fade, and the whole graph has one date.

    Loads and answers do not move that date; `tieline serve` and `tieline demo` do, when it is more
    than seven days old. Stopped half-way and run again, it begins anew.

    \b
    Example:
      tieline ties refresh
    """
    from tieline.loaders.refresh import refresh as anew
    from tieline.settings import settings

    day = as_of.date() if as_of else settings().today
    with Graph(find()) as graph:
        pairs = anew(graph, day)
        answer = {"as_of": day.isoformat(), "pairs": pairs, "graph_version": graph.version()}
    if as_json:
        click.echo(orjson.dumps(answer))
    else:
        click.echo(f"{pairs:,} pairs are as of {day} now.")
