"""How a tie is, in the words of one of its ends; and taking such a word back."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.compose import SELF
from tieline.loaders.own_word.answers import ASKED, Answer
from tieline.loaders.own_word.author import author, known, slugs
from tieline.loaders.own_word.rows import heading, source_of, standing, write
from tieline.loaders.own_word.said import Word, history, rows, spoken
from tieline.schema.records import OWN_WORD

Given = dict[str, Any]
ANSWERED = (*ASKED, "felt", "no_tie")
UID = re.compile(r"[0-9a-f]{24}")  # schema/records.py digest


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


def withdraw(steps: Steps, uid: str, who: str | None = None) -> Given | None:
    """Take back what was observed (uid), as if it had not been said: {from, to, kind ...}.

    `who`: the actor whose words they must be; None: anybody's, for a steward. None where nothing of
    that name stands: it was taken back already, or never said, or by somebody else than they.

    Raises:
        NotFound: no uid at all, nor one of what they said.
        WrongUse: a partner's data says it.
    """
    found = steps.run("load/own_observation", uid=uid)
    by = None if who is None else slugs(steps, who)
    if not found or not (by is None or found[0]["source"] in by or _theirs(found[0], who)):
        if UID.fullmatch(uid):
            return None
        raise NotFound(f"You have said nothing that {uid!r} names: `tieline tie said` lists it.")
    if not found[0]["source"].startswith(OWN_WORD):
        raise WrongUse(
            f"A partner says so ({found[0]['source']}): ask them to correct it and load it again."
        )
    gone = found[0]["record"]
    _leave(steps, found[0]["from"], found[0]["to"], lambda word: word.uid == gone, gone)
    return dict(found[0])


def withdraw_named(steps: Steps, who: str, other: str, kind: str, day: date) -> bool:
    """Take back all that `who` said of `other` (uids) in this kind on this day, as if they had not.

    All of it, for else what was said first that day would stand again, and be what the same words
    take back when they are said twice. Whether anything was.

    Raises:
        WrongUse: a kind in which nobody answers.
    """
    if kind not in ANSWERED:
        raise WrongUse(f"Nobody answers {kind.upper()}: name {', '.join(ANSWERED).upper()}.")
    said = day.isoformat()
    return _leave(steps, who, other, lambda w: w.answer.kind == kind and w.day == said)


def _leave(steps: Steps, who: str, other: str, out: Callable[[Word], bool], *named: str) -> bool:
    """Only what is not taken out of all that one said of the other (uids), and its row (named)."""
    by = slugs(steps, who)
    steps.run("load/hold", slugs=sorted({*by, *map(source_of, named)}))
    words = history(steps, who, other, by)
    gone = {*named, *(word.uid for word in words if out(word))}
    return bool(gone) and write(steps, rows([w for w in words if w.uid not in gone]), gone)


def _theirs(found: Given, who: str | None) -> bool:
    """Whether a partner says that they said it: then it is shown to them as an answer of theirs."""
    return found["reporter"] in ("from", "to") and found[found["reporter"]] == who


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
