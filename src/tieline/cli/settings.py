"""`tieline settings`: every setting as it is now."""

from dataclasses import asdict

import click
import orjson
from rich.console import Console
from rich.table import Table

from tieline.settings import effective


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def command(as_json: bool) -> None:
    """Say what every setting is now, and whether the environment or the default says so.

    Secrets are shown to be set, never what they are. docs/settings.md tells what each is for.

    \b
    Examples:
      tieline settings
      TIELINE_IDLE_MINUTES=0 tieline settings --json
    """
    found = list(effective())
    if as_json:
        click.echo(orjson.dumps({"settings": [asdict(each) for each in found]}))
        return
    table = Table("setting", "is", "said by", box=None, pad_edge=False)
    for each in found:
        unseen = "set, not shown" if each.secret and each.given else each.otherwise
        table.add_row(each.name, each.value or f"({unseen})", each.origin)
    Console(soft_wrap=True, highlight=False, markup=False).print(table)
