"""How a tie is, in the words of one of its ends; and taking such a word back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import orjson

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.compose import SELF
from tieline.loaders.own_word.answers import Answer
from tieline.loaders.own_word.author import Author, Known, author, known, slugs
from tieline.loaders.own_word.rows import heading, number, standing, superseded, write
from tieline.schema.records import OWN_WORD, STATEMENT, Edge, Record, Row, dump

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
    said = _standing(steps, by, two)
    fresh = [a for a in given if not _said_already(a, said, day, audience)]
    if not fresh:
        return False
    rows = by.rows()
    rows += [_row(steps, by, two, a, day, audience, entered_by) for a in fresh]
    rows += _superseded(steps, fresh, said, day)
    return write(steps, by.slug, rows)


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
    steps.run("load/hold", slug=found[0]["source"])
    write(steps, found[0]["source"], [], [found[0]["record"]])
    return dict(found[0])


def _standing(steps: Steps, by: Author, two: Known) -> list[Given]:
    """What they said of the other that stands: records with what they say."""
    assert by.who is not None
    rows = steps.run("load/own_answers", **{"from": by.who.uid}, to=two.uid, slugs=list(by.all))
    return [row | {"fields": orjson.loads(row["fields"])} for row in rows]


def _said_already(a: Answer, said: Iterable[Given], day: date, audience: int | None) -> bool:
    return any(
        row["kind"] == a.kind
        and row["on"] == day.isoformat()
        and row["fields"]["answer"] == a.said["answer"]
        and row["audience"] == audience
        for row in said
    )


def _row(
    steps: Steps,
    by: Author,
    two: Known,
    a: Answer,
    day: date,
    audience: int | None,
    entered_by: str | None,
) -> Row:
    assert by.who is not None
    prefix = heading(by.slug, "tie", a.kind, two.uid, day.isoformat())
    uid = number(standing(steps, [prefix]), prefix)
    ends = {"from": by.who.echo(by.slug, SELF), "to": two.echo(by.slug)}
    fields = a.said | ({"entered_by": entered_by} if entered_by else {})
    props = {"kind": a.kind, "value": a.value, "answered_share": a.share, "reporter": "from"}
    props |= {"on": day.isoformat(), "audience": audience}
    edge = Edge("OBSERVED", ends["from"].uid, ends["to"].uid, uid, tuple(props.items()))
    return Row(Record(uid, STATEMENT, by.slug, dump(fields), day.isoformat()), ends, [edge])


def _superseded(
    steps: Steps, fresh: Sequence[Answer], said: Iterable[Given], day: date
) -> list[Row]:
    """Earlier words that these take the place of: the same day's of a kind; and "no tie" and any
    other answer put each other out, whenever they were given."""
    kinds, none = {a.kind for a in fresh}, any(a.kind == "no_tie" for a in fresh)
    old = [
        row["record"]
        for row in said
        if (row["kind"] in kinds and row["on"] == day.isoformat())
        or (row["kind"] == "no_tie") != none
    ]
    found = {row.record.uid: row for row in standing(steps, old)}
    return [superseded(found[uid], day.isoformat()) for uid in sorted(set(old))]
