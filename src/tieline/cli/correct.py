"""`tieline correct`: a field put right."""

import click

from tieline.cli.ask import shared
from tieline.cli.saying import say


@click.command()
@click.argument("entity")
@click.argument("field")
@click.argument("value")
@click.option("--undo", is_flag=True, help="Take it back: what stood before stands again.")
@shared
def command(entity: str, field: str, value: str, undo: bool, level: str, as_json: bool) -> None:
    """Say that FIELD of ENTITY is VALUE: beside what partners say, and first while it is newest.

    A person corrects themselves ("me"), a steward anything. Partners' data stays as it came. The
    same words with --undo take it back; what was said is kept, and says nothing any more.

    \b
    Examples:
      tieline correct "Otter Row Kitchen" url https://otter.example
      tieline correct me pronouns they --as person:ID
      tieline correct me pronouns they --undo --as person:ID
    """
    variables = {"id": entity, "field": field, "value": value}
    say("withdraw-correction" if undo else "correct", variables, level, as_json)
