"""`tieline loads`: the journal."""

from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from tieline.database.address import find
from tieline.database.graph import Graph

COLUMNS = ("source", "part", "state", "rows", "refused", "when")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(as_json: bool) -> None:
    """What has been loaded, from which file, and what came of it.

    \b
    Examples:
      tieline loads
      tieline loads --json
    """
    with Graph(find()) as graph:
        loads = graph.read("load/loads")
    if as_json:
        click.echo(orjson.dumps({"loads": loads}))
    elif loads:
        Console().print(_table(loads))
    else:
        click.echo("Nothing has been loaded yet. Try: tieline demo")


def _table(loads: list[dict[str, Any]]) -> Table:
    table = Table(box=None)
    for column in COLUMNS:
        table.add_column(column, overflow="fold", no_wrap=column not in ("source", "part"))
    for load in loads:
        when = (load["finished"] or load["started"])[:16].replace("T", " ")
        cells = [*(load[name] for name in COLUMNS[:-1]), when]
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    return table
