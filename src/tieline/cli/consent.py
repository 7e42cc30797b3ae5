"""`tieline consent`: who may see somebody."""

import click

from tieline.cli.ask import shared
from tieline.cli.saying import AUDIENCES, say


@click.command()
@click.argument("who")
@click.argument("audience", type=click.Choice(AUDIENCES))
@shared
def command(who: str, audience: str, level: str, as_json: bool) -> None:
    """Say who may see WHO from now on: their own word, over whatever a partner says.

    Everybody named, and all before them: weavers means stewards and weavers. "me" is whoever
    --as names; a steward writes down what somebody has asked for.

    \b
    Examples:
      tieline consent "Amara Thistlewood" members
      tieline consent me hidden --as person:ID
    """
    said = {"who": who, "audience": audience.upper()}
    say("set-consent", {"input": said}, level, as_json)
