"""`tieline schema`: install, show or check the model in the database."""

import click
import orjson

from tieline.database import install as model
from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.schema import diagram

as_json_ = click.option("--json", "as_json", is_flag=True, help="one JSON object")


@click.group()
def command() -> None:
    """Install, show or check the model in the database.

    \b
    Examples:
      tieline schema check
      tieline schema show
    """


@command.command()
@as_json_
def install(as_json: bool) -> None:
    """Bring the database to the model; what is there already is left alone.

    \b
    Examples:
      tieline schema install
    """
    with Graph(find()) as graph:
        brought = model.install(graph)
    if as_json:
        click.echo(orjson.dumps({"installed": brought}))
        return
    for each in brought:
        click.echo(f"  {each}")
    click.echo(f"Installed {len(brought)}." if brought else "The model is installed: all is there.")


@command.command()
@as_json_
def check(as_json: bool) -> int:
    """Say what the database lacks; change nothing. Exit status 1 if anything is missing.

    \b
    Examples:
      tieline schema check
      tieline schema check --json
    """
    with Graph(find()) as graph:
        missing = model.check(graph)
    if as_json:
        click.echo(orjson.dumps({"missing": missing}))
    elif missing:
        for each in missing:
            click.echo(f"  missing: {each}")
        click.echo("Mend it: tieline schema install")
    else:
        click.echo("The model is installed: nothing is missing.")
    return 1 if missing else 0


@command.command()
@as_json_
def show(as_json: bool) -> None:
    """Print the model: what there is, what may stand between, and what each is known by.

    \b
    Examples:
      tieline schema show
    """
    click.echo(orjson.dumps(diagram.model()) if as_json else diagram.tables())
