"""What somebody says of themselves: who may see them, and whether they take requests."""

from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import WrongUse
from tieline.loaders.own_word.author import Author, Held, author, known
from tieline.loaders.own_word.rows import (
    fields,
    heading,
    number,
    standing,
    stands,
    superseded,
    write,
)
from tieline.schema.records import OF, Row, dump

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
    return say(steps, by, matter, said, day)


def say(steps: Steps, by: Author, matter: str, said: dict[str, Any], day: date) -> bool:
    """A row for each record that the author is made of, unless such stand already today: so what
    they said holds for every part of them, should these ever be told apart."""
    assert by.who is not None
    mine = heading(by.slug, "me", matter, day.isoformat())
    others = [heading(slug, "me", matter, day.isoformat()) for slug in by.all]
    before = standing(steps, {mine, *others})
    ours = [row for row in before if stands(row) and row.record.uid in by.who.records]
    held = {fields(row).get(OF) for row in ours if _says(row, said)}
    if held >= {each.of for each in by.who.all} and all(_says(row, said) for row in ours):
        return False
    uid = number([row for row in before if row.record.uid.startswith(mine)], mine)
    now = [_part(by, uid, said, day, each) for each in by.who.all]
    old = [superseded(row, day.isoformat()) for row in ours]
    return write(steps, [*by.rows(), *now, *old])


def _part(by: Author, uid: str, said: dict[str, Any], day: date, held: Held) -> Row:
    """Of one record of theirs."""
    assert by.who is not None
    told = dump(said | {OF: held.of})
    return Row(by.record(f"{uid}/{held.of}", by.who, told, day.isoformat(), held))


def _says(row: Row, said: dict[str, Any]) -> bool:
    return {name: value for name, value in fields(row).items() if name != OF} == said
