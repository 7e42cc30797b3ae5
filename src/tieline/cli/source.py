"""`tieline source`: describe a partner's data, and see what is described."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tieline.errors import WrongUse
from tieline.loaders.source import FILE, SLUG, built_in


@click.group()
def command() -> None:
    """Describe a partner's data: whose it is, on what basis, who may see it.

    \b
    Examples:
      tieline source list
      tieline source init our-network
    """


@command.command()
@click.argument("slug")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="where (default: ./SLUG)"
)
def init(slug: str, folder: Path | None) -> None:
    """Write a description to fill in, SLUG/source.toml, and a mapping beside it.

    \b
    Examples:
      tieline source init our-network
      tieline source init our-network --folder sources/our-network
    """
    if not SLUG.fullmatch(slug):
        raise WrongUse(
            f"{slug!r} is no slug: small letters, digits and hyphens, such as my-partner."
        )
    place = folder or Path(slug)
    if (place / FILE).exists():
        raise WrongUse(f"{place / FILE} is there already. Edit it, or choose another --folder.")
    place.mkdir(parents=True, exist_ok=True)
    for name in (FILE, "mapping.toml"):
        if not (place / name).exists():
            text = (files("tieline.loaders") / "starters" / name).read_text("utf-8")
            (place / name).write_text(_filled(text, slug), encoding="utf-8")
    click.echo(f"Wrote {place / FILE} and {place / 'mapping.toml'}. Fill them in, then:")
    click.echo(f"  tieline load FILE --source {slug} --sources {place}")


def _filled(text: str, slug: str) -> str:
    title = slug.replace("-", " ").capitalize()
    filled = text.replace("@SLUG@", slug).replace("@TITLE@", title)
    return filled.replace("@TODAY@", date.today().isoformat())


@command.command("list")
def list_() -> None:
    """The sources that come with Tieline.

    \b
    Examples:
      tieline source list
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("slug", no_wrap=True)  # it is typed: never cut or broken over lines
    for heading in ("title", "format", "licence"):
        table.add_column(heading)
    for source in built_in():
        table.add_row(source.slug, source.title, source.format or "", source.licence or "")
    Console(soft_wrap=True).print(table)
