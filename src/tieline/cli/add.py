"""`tieline add`: a person, an organisation, a project that is not on the map yet."""

from collections.abc import Callable
from typing import Any

import click

from tieline.cli.ask import shared
from tieline.cli.drafting import notice
from tieline.cli.saying import AUDIENCES, given, say

Function = Callable[..., Any]


@click.group()
def command() -> None:
    """Add somebody or something, in your own words; what you see with that number is the same.

    It stays what you said, beside what partners say: whatever else comes in joins it by its number.

    \b
    Examples:
      tieline add person "Wren Applewick" --basis "she asked me to"
    """


def _many(name: str, help: str) -> Callable[[Function], Function]:
    return click.option(f"--{name}", multiple=True, help=f"{help}; may be repeated.")


def _where(function: Function) -> Function:
    return _many("place", "There")(_many("theme", "On this theme")(function))


def _exchange(function: Function) -> Function:
    asks = _many("asks", "Asks for this: a theme")
    return _many("offers", "Offers this: a theme")(asks(function))


@command.command()
@click.argument("name")
@click.option("--basis", required=True, help="Why they may be named: they asked me to, for one.")
@_many("organisation", "Works there")
@click.option("--role", help="As what.")
@_many("member-of", "Belongs there")
@_where
@_exchange
@click.option("--pronouns", help="How to speak of them.")
@click.option("--consent", type=click.Choice(AUDIENCES), help="Who may see them; else weavers.")
@shared
def person(name: str, level: str, as_json: bool, **said: Any) -> None:
    """Add the person NAME.

    \b
    Example:
      tieline add person "Wren Applewick" --basis "she asked me to" --organisation "Shared Close"
    """
    _add("PERSON", name, said, level, as_json)


@command.command()
@click.argument("name")
@_many("id", "Registered number, such as GB-CHC-1090095")
@click.option("--url", help="Its web page.")
@click.option("--sort", help="What kind of organisation.")
@_many("member-of", "Is a member of that")
@_where
@_exchange
@click.option("--consent", type=click.Choice(AUDIENCES), help="Who may see it; else anyone.")
@shared
def organisation(name: str, level: str, as_json: bool, **said: Any) -> None:
    """Add the organisation NAME.

    \b
    Example:
      tieline add organisation "Bramble Row Kitchen" --url https://bramble.example --place Leeds
    """
    _add("ORGANISATION", name, said, level, as_json)


@command.command()
@click.argument("name")
@_many("id", "Registered number")
@click.option("--description", help="What it does.")
@click.option("--starts", help="Its first day, month or year.")
@click.option("--ends", help="Its last one, known or planned.")
@click.option("--amount", type=float, help="Money in it.")
@click.option("--currency", help="Of the amount.")
@click.option("--status", help="Planned, running, finished ...")
@click.option("--lessons", help="What was learnt.")
@click.option("--reached", type=int, help="How many people it reached.")
@_many("lead", "Leads it")
@_many("partners", "Works on it too")
@_many("funder", "Funds it")
@_where
@shared
def project(name: str, level: str, as_json: bool, **said: Any) -> None:
    """Add the project NAME. What is like it already is told on stderr: tieline ask similar.

    \b
    Example:
      tieline add project "Tea at Four" --lead "Shared Close" --place Glasgow --starts 2026-10
    """
    notice(name, said, level)
    _add("PROJECT", name, said, level, as_json)


RENAMED = {"id": "ids", "theme": "themes", "member_of": "memberOf"}


def _add(kind: str, name: str, said: dict[str, Any], level: str, as_json: bool) -> None:
    if said.get("consent"):
        said["consent"] = said["consent"].upper()
    fields = {RENAMED.get(key, key): value for key, value in given(**said).items()}
    lists = {key: list(value) for key, value in fields.items() if isinstance(value, tuple)}
    say("add", {"input": {"kind": kind, "name": name} | fields | lists}, level, as_json)
