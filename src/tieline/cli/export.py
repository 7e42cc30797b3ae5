"""tieline export: a map of the field for a drawing tool."""

from pathlib import Path

import click

from tieline.cli.saying import As
from tieline.exports.written import FORMATS


@click.command(name="export")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--place", help="Actors there or in a place within it.")
@click.option("--theme", help="Actors on this theme or on a narrower one.")
@click.option("--network", help="Members of this network.")
@click.option(
    "--label",
    type=click.Choice(["thin", "middling", "thick"]),
    help="Ties at least so thick; else all of which anything is known.",
)
@click.option("--as", "level", type=As(), default="steward", show_default=True, help="As seen by.")
@click.option("--numbers", is_flag=True, help="Strengths for weights, not labels. Stewards only.")
@click.option("--all", "everything", is_flag=True, help="Projects, places, themes, roles too.")
def command(
    form: str,
    file: Path,
    place: str | None,
    theme: str | None,
    network: str | None,
    label: str | None,
    level: str,
    numbers: bool,
    everything: bool,
) -> None:
    """Write a map of the field to FILE (- is stdout), in a FORMAT that drawing tools read.

    Actors, and one tie a pair; with --all what is stated too. What is meant for others to see wants
    --as anonymous. FORMAT is kumu, gexf, graphml, cytoscape, graphology, jgf, gephi-csv, kumu-csv
    or xlsx.

    \b
    Examples:
      tieline export kumu field.json --as anonymous
      tieline export gexf leeds.gexf --place Leeds --label middling --all
      tieline export graphology - --theme Food --as member
    """
    from tieline.cli.drawn import exported

    scope = {"place": place, "theme": theme, "network": network}
    exported(form, file, scope, level, label=label, numbers=numbers, everything=everything)
