"""`tieline token`: who may sign in by a personal token."""

import re
import time
from datetime import UTC, datetime
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from tieline.errors import WrongUse
from tieline.graphql.signin.tokens import LEVELS, READ, WRITE, Token, Tokens

WIDEST = 1_000
UNITS = {"h": 3600, "d": 86400}
SHOWN = ("id", "name", "level", "person", "scope", "created", "expires", "used", "state")


@click.group()
def command() -> None:
    """Let somebody sign in, see who may, take it back.

    \b
    Examples:
      tieline token create "Amara's laptop" --level weaver
      tieline token list
      tieline token revoke "Amara's laptop"
    """


@command.command(name="create")
@click.argument("name")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="member",
    show_default=True,
    help="What they may see, and whether they speak for the stewards.",
)
@click.option("--person", help="Who of the map it is: an id, or a name that only one carries.")
@click.option("--expires", default="90d", show_default=True, help="After so long: 12h, 90d.")
@click.option(
    "--scope",
    type=click.Choice([READ, WRITE]),
    default=READ,
    show_default=True,
    help="Whether they may also say something, and put something right.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def create(
    name: str, level: str, person: str | None, expires: str, scope: str, as_json: bool
) -> None:
    """Make a token, and show it this once: nobody can show it again.

    NAME is for you, to know it by. It is sent as the header "Authorization: Bearer ...".

    \b
    Examples:
      tieline token create "Amara's laptop" --person "Amara Thistlewood" --scope write
      tieline token create drawing-tool --level weaver --expires 30d
    """
    handle = _person(person) if person else None
    made, text = _tokens().create(name, level, handle, scope, seconds(expires))
    if as_json:
        click.echo(orjson.dumps(_told(made) | {"token": text}))
        return
    click.echo(text)
    until = _day(made.expires)
    click.echo(f"{name} ({made.id}) opens what a {level} may see until {until}.", err=True)
    click.echo("Keep it as you keep a password: it is not shown again.", err=True)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def listed(as_json: bool) -> None:
    """Every token: its name, what it opens, until when, and when it was last used.

    \b
    Example:
      tieline token list --json
    """
    found = [_told(each) for each in _tokens().all()]
    if as_json:
        click.echo(orjson.dumps({"tokens": found}))
        return
    if not found:
        click.echo("No token yet: tieline token create NAME makes one.")
        return
    table = Table(*SHOWN, box=None, pad_edge=False)
    for each in found:
        table.add_row(*(str(each[name] or "") for name in SHOWN))
    # As wide as it must be: half a date says nothing.
    Console(width=WIDEST, highlight=False, markup=False).print(table)


@command.command(name="revoke")
@click.argument("token")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def revoke(token: str, as_json: bool) -> None:
    """Take TOKEN (its name or id) back: it opens nothing from the next request on.

    \b
    Example:
      tieline token revoke "Amara's laptop"
    """
    gone = _tokens().revoke(token)
    if as_json:
        click.echo(orjson.dumps(_told(gone)))
    else:
        click.echo(f"{gone.name} ({gone.id}) opens nothing any more.")


def seconds(text: str) -> int:
    """
    Raises:
        WrongUse: no length of time.
    """
    found = re.fullmatch(r"([1-9]\d{0,5})([hd])", text.strip().lower())
    if not found:
        raise WrongUse(f"--expires is {text!r}: write hours or days, such as 12h or 90d.")
    return int(found[1]) * UNITS[found[2]]


def _tokens() -> Tokens:
    from tieline.database.home import Home

    return Tokens(Home.current().tokens)


def _person(text: str) -> str | None:
    from tieline.database.address import find
    from tieline.graphql.who import PERSON, viewer_of

    return viewer_of(find(), PERSON + text).person


def _told(token: Token) -> dict[str, Any]:
    days = {name: _day(getattr(token, name)) for name in ("created", "expires", "used", "revoked")}
    held = {name: getattr(token, name) for name in ("id", "name", "level", "person", "scope")}
    return held | days | {"state": token.state(time.time())}


def _day(moment: int | None) -> str | None:
    return None if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}"
