"""A project that is not on the map yet, and a word of what is like it before it is added."""

from contextlib import suppress
from datetime import date, datetime
from threading import Thread
from typing import Any

import click

from tieline.cli.saying import data as told
from tieline.cli.saying import given
from tieline.errors import TielineError

Data = dict[str, Any]
NAMED = 3  # projects in the notice
WAIT = 5.0  # seconds, at most, that adding waits for it
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
    found = _found(draft, level)
    if found is None:
        return
    names = [row["project"]["name"] for row in (*found["own"], *found["allies"])]
    own = any(row["weight"] >= SAME for row in found["own"])
    if names and (own or found["risk"]["label"] in ("HIGH", "SOME")):
        click.echo(f"Like it on the map: {'; '.join(names[:NAMED])}.", err=True)
        click.echo(LOOK.format(title=title), err=True)


def _found(draft: Data, level: str) -> Data | None:
    """What is like it; None if that takes too long (a large field is read first), or a place or
    theme of it is new."""
    answers: list[Data] = []

    def ask() -> None:
        with suppress(TielineError):
            found = told("similar", {"draft": draft, "first": NAMED}, level)
            answers.append(found["similarProjects"])

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(WAIT)
    return answers[0] if answers else None


def day(text: str | None) -> str | None:
    """A whole day; a month or a year is left out."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None
