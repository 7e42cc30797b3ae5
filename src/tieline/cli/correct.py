"""`tieline correct`: a field put right."""

import click

from tieline.cli.ask import shared
from tieline.cli.saying import say


@click.command()
@click.argument("entity")
@click.argument("field")
@click.argument("value")
@shared
def command(entity: str, field: str, value: str, level: str, as_json: bool) -> None:
    """Say that FIELD of ENTITY is VALUE: beside what partners say, and first while it is newest.

    A person corrects themselves ("me"), a steward anything. Partners' data stays as it came.

    \b
    Examples:
      tieline correct "Otter Row Kitchen" url https://otter.example
      tieline correct me pronouns they --as person:ID
    """
    variables = {"id": entity, "field": field, "value": value}
    say("correct", variables, level, as_json)
