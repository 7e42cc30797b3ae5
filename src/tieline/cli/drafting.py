"""A project that is not on the map yet, and a word of what is like it before it is added."""

from datetime import date, datetime
from typing import Any

import click

from tieline.cli.saying import data as told
from tieline.cli.saying import given
from tieline.errors import TielineError

Data = dict[str, Any]
NAMED = 3  # projects in the notice
SAME = 0.5  # of its own lead: perhaps the very same
LOOK = "Look before you add it: tieline ask similar {title!r}"


def drafted(**said: Any) -> Data:
    """The draft, of what was said on the command line; days as they are written."""
    said["leadOrganisation"] = said.pop("lead", None)
    days = {k: v.date().isoformat() for k, v in said.items() if isinstance(v, datetime)}
    lists = {k: list(v) for k, v in said.items() if isinstance(v, tuple)}
    return given(**(said | days | lists))


def notice(title: str, said: Data, level: str) -> None:
    """On stderr what is like a project that is to be added. It never keeps it from being added."""
    draft = drafted(
        title=title,
        description=said.get("description"),
        themes=said.get("theme") or (),
        places=said.get("place") or (),
        start=day(said.get("starts")),
        end=day(said.get("ends")),
        lead=next(iter(said.get("lead") or ()), None),
    )
    try:
        found = told("similar", {"draft": draft, "first": NAMED}, level)["similarProjects"]
    except TielineError:  # a place or theme that is new, say: then it is added without a word
        return
    names = [row["project"]["name"] for row in (*found["own"], *found["allies"])]
    own = any(row["weight"] >= SAME for row in found["own"])
    if names and (own or found["risk"]["label"] in ("HIGH", "SOME")):
        click.echo(f"Like it on the map: {'; '.join(names[:NAMED])}.", err=True)
        click.echo(LOOK.format(title=title), err=True)


def day(text: str | None) -> str | None:
    """A whole day; a month or a year is left out."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None
