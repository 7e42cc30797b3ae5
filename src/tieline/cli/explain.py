"""`tieline explain`: how a tie or a broker stands and why; how tie strength is computed."""

import sys
from datetime import datetime
from typing import Any

import click
import orjson

from tieline.cli.ask import put, scope_of, scoped, shared
from tieline.cli.saying import data
from tieline.schema import weights

FORMULA = (
    "support r = sum of w v 0.5^(age / half-life)",
    f"doubt s = sum of w (1 - v) 0.5^(age / {weights.DOUBT_HALF_LIFE})",
    "w = weight x answered share x reliability of the source",
    f"ignorance W = {weights.IGNORANCE:g} + ends not heard in their own words",
    "strength = r/(r+s+W), against = s/(r+s+W), unknown = W/(r+s+W)",
)
NUMBERS = {
    "cap": (weights.CAP, "the most that works, and contact days, can add up to"),
    "third_party": (weights.THIRD_PARTY, "the most a third party's view is relied on"),
    "least_felt": (weights.LEAST_FELT, "share of felt items below which none count"),
    "unknown": (weights.UNKNOWN, "not yet known above this share unknown"),
    "thin": (weights.THIN, "thin if strength and unknown together reach no higher"),
    "thick": (weights.THICK, "thick from here, with an own account and two kinds or both ends"),
    "apart": (weights.APART, "seen differently if own accounts are further apart"),
    "quiet": (weights.QUIET, "usual gaps of silence after which a tie is quiet"),
    "unended": (weights.UNENDED, "months a work lasts whose end nobody knows"),
}


@click.group()
def command() -> None:
    """Explain how a figure comes about.

    \b
    Examples:
      tieline explain strength
    """


@command.command()
@click.argument("start", metavar="A")
@click.argument("to", metavar="B")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Of an earlier day, by what was dated then."
)
@shared
def tie(start: str, to: str, as_of: datetime | None, level: str, as_json: bool) -> None:
    """Say how A and B stand to each other, and every piece of evidence with its weight today.

    What one of the two has answered is shown to them alone (--as person:ID), not to stewards.

    \b
    Examples:
      tieline explain tie "Amara Thistlewood" "Ravi Copperwick"
      tieline explain tie me "Ravi Copperwick" --as person:ID --as-of 2026-01-01
    """
    given = {"from": start, "to": to, "asOf": as_of and as_of.date().isoformat()}
    told = data("tie", given, level)
    if as_json:
        sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    _tie(told["tie"])


@command.command()
@click.argument("name")
@scoped
@shared
def broker(name: str, level: str, as_json: bool, **scope: str | datetime | None) -> None:
    """Say why NAME stands where they stand between others: whom they join, circle by circle.

    \b
    Examples:
      tieline explain broker "Amara Thistlewood"
      tieline explain broker "Amara Thistlewood" --place Coventry --as member
    """
    put("broker", {"actor": name, "scope": scope_of(scope)}, level, as_json)


def _tie(told: dict[str, Any]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    out = Console(markup=False, highlight=False, emoji=False)
    out.print(told["sentence"])
    if not told["evidence"]:
        return
    table = Table("what says so", box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head in ("for", "against"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in told["evidence"]:
        table.add_row(each["sentence"], _figure(each["support"]), _figure(each["doubt"]))
    out.print(table)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


@command.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def strength(as_json: bool) -> None:
    """Print every weight, half-life and threshold that tie strength rests on.

    \b
    Examples:
      tieline explain strength
      tieline explain strength --json
    """
    if as_json:
        click.echo(orjson.dumps(_told()))
        return
    _table()


def _told() -> dict[str, Any]:
    kinds = [
        {
            "kind": kind.name,
            "what": kind.what,
            "weight": kind.weight,
            "half_life_days": kind.half_life,
            "accumulates_in": kind.pool,
            "heard": kind.asked,
            "values": dict(kind.values or {}),
        }
        for kind in weights.KINDS.values()
    ]
    numbers = {name: number for name, (number, _) in NUMBERS.items()}
    return {"formula": list(FORMULA), "kinds": kinds, "numbers": numbers}


def _table() -> None:
    from rich.console import Console
    from rich.table import Table

    click.echo("Of everything known and not known about a tie, how much says it holds?\n")
    for line in FORMULA:
        click.echo(f"  {line}")
    table = Table("kind", "what it is", box=None, pad_edge=False)
    for head in ("weight", "half-life, days"):
        table.add_column(head, justify="right")
    table.add_column("counting")
    for kind in weights.KINDS.values():
        counting = f"adds up, to {weights.CAP:g}" if kind.pool else "newest"
        table.add_row(kind.name, kind.what, f"{kind.weight:g}", str(kind.half_life), counting)
    click.echo()
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110).print(table)
    click.echo()
    for name, (number, what) in NUMBERS.items():
        click.echo(f"  {name.replace('_', ' ')} {number:g}: {what}")
    click.echo(f"\n  felt items: {', '.join(weights.FELT_ITEMS)}")
    click.echo("\nThese are priors from the literature, not fitted: docs/strength.md.")
