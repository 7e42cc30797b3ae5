"""`tieline mapping`: say which column of a table is what."""

from pathlib import Path

import click

from tieline.errors import WrongUse
from tieline.loaders import suggest as suggested
from tieline.loaders.source import SLUG


@click.group()
def command() -> None:
    """Say which column of a table is what.

    \b
    Examples:
      tieline mapping suggest examples/through-thick-and-thin/lanterns/people.csv
    """


@command.command()
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--source", "slug", default="our-partner", help="whose data it is: names its themes")
def suggest(path: Path, slug: str) -> None:
    """Propose a mapping for a table, from its headings and values, to correct and keep.

    Comments say what was guessed and why. Contact details are left out.

    \b
    Examples:
      tieline mapping suggest examples/through-thick-and-thin/lanterns/people.csv
      tieline mapping suggest people.csv --source our-network > mapping.toml
    """
    if not SLUG.fullmatch(slug):
        raise WrongUse(
            f"{slug!r} is no slug: small letters, digits and hyphens, such as my-partner."
        )
    click.echo(suggested.text(path, slug), nl=False)
