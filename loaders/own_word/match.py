"""That two vocabularies' themes match, and how: what a steward says beside the partners' mappings.

A mapping like any other, in the words of whoever said it. A later word on the same two takes an
earlier one's place, which is kept and says nothing any more.
"""

from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders.own_word.author import Author, Known, author, known
from tieline.loaders.own_word.rows import (
    fields,
    heading,
    number,
    standing,
    stands,
    superseded,
    write,
)
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump

ABOUT = "theme_match"
BY_HAND = "semapv:ManualMappingCuration"


def say(
    steps: Steps,
    who: str | None,
    subject: str,
    object_: str,
    predicate: str,
    day: date,
    confidence: float | None = None,
    comment: str | None = None,
) -> bool:
    """`who` (uid; None: the stewards) says how the one theme matches the other: `exactMatch` and
    so on, how sure that is (0 to 1) and why. Whether anything changed.

    Raises:
        WrongUse: no themes, or the same one twice; a confidence that is none.
        NotFound: one of them is not there any more.
    """
    if confidence is not None and not 0 <= confidence <= 1:
        raise WrongUse(f"confidence is {confidence:g}: say how sure it is, from 0 to 1.")
    one, other, by = _three(steps, who, subject, object_)
    today = day.isoformat()
    told = {"predicate": predicate, "justification": BY_HAND, "confidence": confidence}
    told |= {"comment": comment, "by": by.who.name if by.who else "stewards"}
    given = {name: value for name, value in told.items() if value is not None}
    said = _said(steps, by, one, other)
    before = [row for row in said if stands(row)]
    if any(fields(row) == given for row in before):
        return False
    under = heading(by.slug, ABOUT, one.uid, other.uid, today)
    uid = number((r for r in said if r.record.uid.startswith(under)), under)
    row = _row(uid, by, one, other, given, today)
    return write(steps, [*by.rows(), row, *(superseded(each, today) for each in before)])


def take_back(steps: Steps, who: str | None, subject: str, object_: str, day: date) -> bool:
    """`who` says nothing of the two any more. Whether anything changed.

    Raises:
        NotFound: they never said anything of them, or one is not there any more.
    """
    one, other, by = _three(steps, who, subject, object_)
    said = _said(steps, by, one, other)
    if not said:
        raise NotFound(
            f"Nobody has said here how {one.name} matches {other.name}: there is nothing to take "
            "back. A partner's mapping goes with that partner's file."
        )
    old = [superseded(row, day.isoformat()) for row in said if stands(row)]
    return bool(old) and write(steps, old)


def _three(steps: Steps, who: str | None, one: str, other: str) -> tuple[Known, Known, Author]:
    subject, object_ = known(steps, [one, other])
    if {subject.kind, object_.kind} != {"theme"} or subject.uid == object_.uid:
        raise WrongUse(
            f"{subject.name} and {object_.name} cannot be matched: name two themes, each of "
            "another vocabulary or at least another word."
        )
    return subject, object_, author(steps, known(steps, [who])[0] if who else None)


def _said(steps: Steps, by: Author, one: Known, other: Known) -> list[Row]:
    """All that these have said of the two, whatever they were called then."""
    ones = sorted({one.uid, *(held.of for held in one.all)})
    others = sorted({other.uid, *(held.of for held in other.all)})
    return standing(steps, [heading(s, ABOUT, a, b) for s in by.all for a in ones for b in others])


def _row(uid: str, by: Author, one: Known, other: Known, given: dict[str, Any], day: str) -> Row:
    ends = {"subject": one.echo(by.slug, day), "object": other.echo(by.slug, day)}
    row = Row(Record(uid, STATEMENT, by.slug, dump(given), day), ends)
    props = tuple((given | {"at": day}).items())
    row.edges.append(Edge("MATCHES", ends["subject"].uid, ends["object"].uid, uid, props))
    return row
