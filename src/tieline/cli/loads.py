"""`tieline loads`: the journal."""

from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from tieline.cli.completion import slugs
from tieline.database.address import find
from tieline.database.graph import Graph

COLUMNS = ("source", "part", "file", "state", "rows", "refused", "when")
FOLDED = ("source", "part", "file")


@click.command()
@click.argument("source", required=False, shell_complete=slugs)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(source: str | None, as_json: bool) -> None:
    """What has been loaded (of SOURCE alone), from which file, and what came of it.

    `rows` are those read so far: of a load that runs, or was interrupted (nobody works on it), not
    yet all. The same command again goes on. --json tells more: format, accepted, the file's date,
    begun and ended.

    \b
    Examples:
      tieline loads
      tieline loads lanterns --json
    """
    with Graph(find()) as graph:
        loads = [row for row in graph.read("load/loads") if source in (None, row["source"])]
    if as_json:
        click.echo(orjson.dumps({"loads": loads}))
    elif loads:
        Console(markup=False, highlight=False).print(_table(loads))
    elif source:
        click.echo(f"Nothing of {source} is loaded. `tieline loads` lists all that is.")
    else:
        click.echo("Nothing has been loaded yet. Try: tieline demo")


def _table(loads: list[dict[str, Any]]) -> Table:
    table = Table(box=None)
    for column in COLUMNS:
        table.add_column(column, overflow="fold", no_wrap=column not in FOLDED)
    for load in loads:
        when = (load["finished"] or load["started"])[:16].replace("T", " ")
        cells = [*(load[name] for name in COLUMNS[:-1]), when]
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    return table
