"""`tieline requests`: whether somebody may be asked for introductions."""

import click

from tieline.cli.ask import shared
from tieline.cli.saying import given, say


@click.command()
@click.argument("who")
@click.argument("taking", type=click.Choice(["yes", "no"]))
@click.option("--capacity", type=click.IntRange(1), help="How many in 90 days.")
@shared
def command(who: str, taking: str, capacity: int | None, level: str, as_json: bool) -> None:
    """Say whether WHO may be asked for introductions now, and how often.

    Whoever is not asked is on nobody's pathway. "me" is whoever --as names.

    \b
    Examples:
      tieline requests me no --as person:ID
      tieline requests "Amara Thistlewood" yes --capacity 4
    """
    said = given(who=who, capacity=capacity) | {"taking": taking == "yes"}
    say("taking-requests", {"input": said}, level, as_json)
