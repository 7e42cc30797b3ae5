"""`tieline tie`: say how a tie is, see what you said, take it back."""

import sys
from typing import Any

import click
import orjson

from tieline.cli.ask import shared
from tieline.cli.saying import AUDIENCES, data, given, say
from tieline.schema.weights import FELT_ITEMS, KINDS

FREQUENCIES = list(KINDS["frequency"].values or {})
KIND_NAMES = ("closeness", "would-introduce", "frequency", "felt", "no-tie")
INTRODUCE = [word.replace(" ", "-") for word in KINDS["would_introduce"].values or {}]


@click.group()
def command() -> None:
    """Say how a tie is, see what you said, take it back.

    It is kept as the own word of whoever says it, and what was answered is shown to them alone.

    \b
    Examples:
      tieline tie describe "Amara Thistlewood" "Ravi Copperwick" --closeness 5
    """


@command.command()
@click.argument("who", metavar="FROM")
@click.argument("to")
@click.option("--closeness", type=click.IntRange(1, 5), help="1 know of, 5 would ring in trouble.")
@click.option("--would-introduce", type=click.Choice(INTRODUCE), help="Somebody, to TO?")
@click.option("--frequency", type=click.Choice(FREQUENCIES), help="How often they are in touch.")
@click.option("--felt", multiple=True, metavar="ITEM=1..5", help="How it feels; may be repeated.")
@click.option("--no-tie", is_flag=True, help="There is none.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Who may hear of it, if fewer.")
@shared
def describe(
    who: str,
    to: str,
    closeness: int | None,
    would_introduce: str | None,
    frequency: str | None,
    felt: tuple[str, ...],
    no_tie: bool,
    audience: str | None,
    level: str,
    as_json: bool,
) -> None:
    """Say how FROM's tie with TO is, in FROM's words; "me" is whoever --as names.

    The felt items are belong, safe, cared-for, supported, understood, purposeful, valued,
    respected, seen and loved: for the person alone to say, and three at least to count.

    \b
    Examples:
      tieline tie describe "Amara Thistlewood" "Ravi Copperwick" --closeness 5 --frequency weekly
      tieline tie describe me "Ravi Copperwick" --felt safe=5 --felt seen=4 --as person:ID
    """
    said = given(
        **{"from": who},
        to=to,
        closeness=closeness,
        wouldIntroduce=would_introduce and would_introduce.upper().replace("-", "_"),
        frequency=frequency and frequency.upper(),
        felt=dict(_item(each) for each in felt),
        noTie=no_tie or None,
        audience=audience and audience.upper(),
    )
    say("describe-tie", {"input": said}, level, as_json)


def _item(text: str) -> tuple[str, int]:
    name, _, figure = text.partition("=")
    word = name.strip().casefold().replace("-", " ")
    if word not in FELT_ITEMS or figure.strip() not in "12345" or not figure.strip():
        items = ", ".join(item.replace(" ", "-") for item in FELT_ITEMS)
        raise click.UsageError(f"--felt {text}: write ITEM=1 to ITEM=5; the items are {items}.")
    return ("caredFor" if word == "cared for" else word), int(figure)


@command.command()
@click.argument("uid", required=False)
@click.option("--from", "who", metavar="FROM", help="Who said it, where a steward takes it back.")
@click.option("--to", help="Of whom it was said, where its UID is not at hand.")
@click.option("--kind", type=click.Choice(KIND_NAMES), help="What was answered of TO.")
@click.option("--on", "day", metavar="DAY", help="The day on which it was, such as 2026-11-21.")
@shared
def withdraw(
    uid: str | None,
    who: str | None,
    to: str | None,
    kind: str | None,
    day: str | None,
    level: str,
    as_json: bool,
) -> None:
    """Take an answer back, as if it had not been given: by its UID, or by what it was.

    `tieline tie said` shows a person the UIDs of theirs. By --to, --kind and --on all goes that was
    said of it that day; a steward says --from whom. Said twice it takes back no more.

    \b
    Examples:
      tieline tie withdraw 3f0c2a9d4b1e8f7a6c5d4e3f --as person:ID
      tieline tie withdraw --from "Amara Thistlewood" --to "Ravi Copperwick" --kind closeness \\
        --on 2026-11-21
    """
    what = (to, kind, day)
    if (uid is None) != all(what) or (uid is not None and any((*what, who))):
        raise click.UsageError("Name the answer by its UID, or by --to, --kind and --on.")
    named = given(**{"from": who}, to=to, kind=kind and kind.upper().replace("-", "_"), on=day)
    say("withdraw-observation", {"uid": uid} if uid else {"answer": named}, level, as_json)


@command.command()
@shared
def said(level: str, as_json: bool) -> None:
    """Show what you answered, the newest first: for the eyes of whoever --as names.

    \b
    Example:
      tieline tie said --as person:ID
    """
    me = _me(level)
    if as_json:
        sys.stdout.write(orjson.dumps({"me": me}, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    if not me["answers"]:
        click.echo("You have said nothing yet: tieline tie describe me SOMEBODY --closeness 3")
    for each in me["answers"]:
        kind = each["kind"].lower().replace("_", " ")
        kind += "" if kind == "no tie" else f" {each['answer']}"
        old = "" if each["stands"] else "  (a newer answer stands)"
        click.echo(f"{each['on']}  {each['name']}: {kind}{old}  {each['uid']}")


@command.command()
@click.option("--first", default=20, show_default=True, help="How many to show.")
@shared
def mine(first: int, level: str, as_json: bool) -> None:
    """Show your own ties, the thickest first, each with your own account of it.

    \b
    Example:
      tieline tie mine --as person:ID
    """
    me = _me(level, first)
    if as_json:
        sys.stdout.write(orjson.dumps({"me": me}, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    for tie in me["ties"]["nodes"]:
        label = tie["label"].lower().replace("_", " ")
        own = f"your own account {tie['ownAccount']:.0%}"
        click.echo(f"{tie['name']}: {label}; {own}; {tie['lastSeen'] or 'undated'}")
    click.echo(f"{len(me['ties']['nodes']):,} of {me['ties']['totalCount']:,}")


def _me(level: str, first: int = 20) -> dict[str, Any]:
    me = data("my-ties", {"first": first}, level)["me"]
    if me is None:
        raise click.UsageError("Say who you are: --as person:ID.")
    return dict(me)
