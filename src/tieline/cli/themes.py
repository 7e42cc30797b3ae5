"""`tieline themes`: what work may be about, what is right of it, and vocabularies written out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tieline.cli.ask import put, shared
from tieline.cli.saying import As, say

Function = Callable[..., Any]


@click.group()
def command() -> None:
    """What work may be about, by vocabularies' own rules; and vocabularies written out.

    \b
    Examples:
      tieline themes suggest
      tieline themes export field-words
    """


@command.command()
@click.argument("thing", required=False)
@click.option("--theme", help="Only this theme, or what counts as it.")
@click.option("--least", default=0.5, show_default=True, help="The least confidence, 0 to 1.")
@click.option("--first", default=20, show_default=True, help="How many to show.")
@shared
def suggest(
    thing: str | None, theme: str | None, least: float, first: int, level: str, as_json: bool
) -> None:
    """Which themes may what be about, or THING alone? Nothing is written.

    \b
    Examples:
      tieline themes suggest --first 5
      tieline themes suggest "Tea at Three" --least 0.2 --json
    """
    given = {"thing": thing, "theme": theme, "least": least, "first": first}
    put("theme-suggestions", given, level, as_json)


def _both(function: Function) -> Function:
    return click.argument("thing")(click.argument("theme")(function))


@command.command()
@_both
@shared
def accept(thing: str, theme: str, level: str, as_json: bool) -> None:
    """Say that THING works on THEME: in the stewards' words, beside what partners say.

    \b
    Examples:
      tieline themes accept "Tea at Three" Loneliness
    """
    say("say-theme", {"thing": thing, "theme": theme, "works": True}, level, as_json)


@command.command()
@_both
@shared
def refuse(thing: str, theme: str, level: str, as_json: bool) -> None:
    """Say that THING does not work on THEME: it is not suggested again.

    What partners say of it stays.

    \b
    Examples:
      tieline themes refuse "Tea at Three" Food
    """
    say("say-theme", {"thing": thing, "theme": theme, "works": False}, level, as_json)


@command.command()
@_both
@shared
def undo(thing: str, theme: str, level: str, as_json: bool) -> None:
    """Take back what was said of THING and THEME, either way.

    \b
    Examples:
      tieline themes undo "Tea at Three" Loneliness
    """
    say("unsay-theme", {"thing": thing, "theme": theme}, level, as_json)


@command.command()
@click.argument("scheme")
@click.option(
    "--format",
    "form",
    type=click.Choice(["sssom", "skos"]),
    default="sssom",
    show_default=True,
    help="its matches with other vocabularies (TSV), or the vocabulary itself (Turtle).",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file, not stdout.")
@click.option("--base", help="What addresses of words begin with; else https://tieline.example/.")
@click.option("--licence", help="Address of the licence, where the sources name none or several.")
@click.option("--as", "level", type=As(), default="steward", show_default=True, help="As seen by.")
def export(
    scheme: str, form: str, out: Path | None, base: str | None, licence: str | None, level: str
) -> None:
    """Write the vocabulary SCHEME out: its matches as SSSOM, or its words as SKOS.

    \b
    Examples:
      tieline themes export field-words --out field-words.sssom.tsv
      tieline themes export field-words --format skos --as anonymous
    """
    from tieline.cli.exporting import written

    written(scheme, form, out, base, licence, level)
