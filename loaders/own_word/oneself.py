"""What somebody says of themselves: who may see them, and whether they take requests."""

from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import WrongUse
from tieline.loaders.own_word.author import Author, author, known
from tieline.loaders.own_word.rows import (
    fields,
    heading,
    number,
    standing,
    stands,
    superseded,
    write,
)
from tieline.schema.records import Record, Row, dump

MOST = 1000  # requests in 90 days


def set_consent(
    steps: Steps, who: str, level: int, day: date, entered_by: str | None = None
) -> bool:
    """Who may see this actor from now on: 0 nobody to 4 anyone. Whether anything changed."""
    return _say(steps, who, "consent", {"consent": level}, day, entered_by)


def take_requests(
    steps: Steps,
    who: str,
    taking: bool,
    capacity: int | None,
    day: date,
    entered_by: str | None = None,
) -> bool:
    """Whether they may be asked for introductions, and how often in 90 days.

    Raises:
        WrongUse: not a person, or a capacity under 1.
    """
    if capacity is not None and not 1 <= capacity <= MOST:
        raise WrongUse(f"A capacity is 1 to {MOST} requests in 90 days. For none say no instead.")
    if known(steps, [who])[0].kind != "person":
        raise WrongUse("Whether requests are taken is for people to say.")
    said: dict[str, Any] = {"taking_requests": taking}
    said |= {"capacity": capacity} if capacity is not None else {}
    return _say(steps, who, "requests", said, day, entered_by)


def _say(
    steps: Steps, who: str, matter: str, said: dict[str, Any], day: date, entered_by: str | None
) -> bool:
    by = author(steps, known(steps, [who])[0])
    said = said | ({"entered_by": entered_by} if entered_by else {})
    return say(steps, by, heading(by.slug, "me", matter, day.isoformat()), said, day)


def say(steps: Steps, by: Author, prefix: str, said: dict[str, Any], day: date) -> bool:
    """A row of the author's own about themselves, unless that stands already today."""
    assert by.who is not None
    before = standing(steps, [prefix])
    now = [row for row in before if stands(row)]
    if any(fields(row) == said for row in now):
        return False
    uid = number(before, prefix)
    one = by.who
    record = Record(uid, one.kind, by.slug, dump(said), day.isoformat(), one.ids, one.branch)
    old = [superseded(row, day.isoformat()) for row in now]
    return write(steps, by.slug, [*by.rows(), Row(record), *old])
