"""How a tie is, in the words of one of its ends; and taking such a word back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.compose import SELF
from tieline.loaders.own_word.answers import Answer
from tieline.loaders.own_word.author import author, known, slugs
from tieline.loaders.own_word.rows import heading, standing, write
from tieline.loaders.own_word.said import Word, history, rows, spoken
from tieline.schema.records import OWN_WORD

Given = dict[str, Any]


def describe(
    steps: Steps,
    who: str,
    other: str,
    given: Sequence[Answer],
    day: date,
    audience: int | None = None,
    entered_by: str | None = None,
) -> bool:
    """`who` says this of their tie with `other` (uids). Whether anything changed.

    `audience`: who may hear of it, if fewer than may see both ends. `entered_by`: who wrote it
    down, where they did not do so themselves.

    Raises:
        NotFound: one of the two is not there any more.
        WrongUse: the two are one.
    """
    if who == other:
        raise WrongUse("A tie has two ends: name somebody else.")
    one, two = known(steps, [who, other])
    if one.kind not in ("person", "organisation") or two.kind not in ("person", "organisation"):
        raise WrongUse("Ties are between people and organisations: name one of those.")
    by = author(steps, one)
    before = history(steps, one.uid, two.uid, by.all)
    more = {"entered_by": entered_by} if entered_by else {}
    said = [
        replace(a, said=a.said | more) for a in given if not _said_already(a, before, day, audience)
    ]
    if not said:
        return False
    today = day.isoformat()
    ends = {"from": one.echo(by.slug, today, SELF), "to": two.echo(by.slug, today)}
    headings = [heading(by.slug, "tie", a.kind, two.uid, today) for a in said]
    order = (today, _next(steps, headings, before, day))
    now = []
    for under, a in zip(headings, said, strict=True):
        row = spoken(f"{under}{order[1]:03d}", ends, a, today, audience)
        now.append(Word(row, a, audience, order, stands=False))
    return write(steps, [*by.rows(), *rows([*before, *now])])


def withdraw(steps: Steps, uid: str, who: str | None = None) -> Given:
    """Take back what was observed (uid), as if it had not been said: {from, to, kind ...}.

    `who`: the actor whose words they must be; None: anybody's, for a steward.

    Raises:
        NotFound: nobody said that, or not they: the same answer.
        WrongUse: a partner's data says it.
    """
    found = steps.run("load/own_observation", uid=uid)
    own = found and found[0]["source"].startswith(OWN_WORD)
    if not found or (who is not None and found[0]["source"] not in slugs(steps, who)):
        raise NotFound(f"You have said nothing that {uid!r} names: `tieline tie said` lists it.")
    if not own:
        raise WrongUse(
            f"A partner says so ({found[0]['source']}): ask them to correct it and load it again."
        )
    by = slugs(steps, found[0]["from"])
    steps.run("load/hold", slugs=sorted({*by, found[0]["source"]}))
    left = [
        word
        for word in history(steps, found[0]["from"], found[0]["to"], by)
        if word.uid != found[0]["record"]
    ]
    write(steps, rows(left), [found[0]["record"]])
    return dict(found[0])


def _said_already(a: Answer, said: Iterable[Word], day: date, audience: int | None) -> bool:
    return any(
        word.stands
        and word.answer.kind == a.kind
        and word.day == day.isoformat()
        and word.answer.said["answer"] == a.said["answer"]
        and word.audience == audience
        for word in said
    )


def _next(steps: Steps, headings: Sequence[str], before: Iterable[Word], day: date) -> int:
    """A number after all that was said of the tie today, and that no row has."""
    said = [word.order[1] for word in before if word.day == day.isoformat()]
    taken = [int(row.record.uid.rpartition("/")[2]) for row in standing(steps, headings)]
    return 1 + max([*said, *taken], default=0)
