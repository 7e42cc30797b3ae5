"""A field of a thing put right: said beside what partners say, dated, and first while newest.

A later word of the same day takes the earlier one's place; another name takes none. What is taken
back is kept and says nothing, and what it had put out stands again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import NotFound, WrongUse
from tieline.loaders import values
from tieline.loaders.compose import CORRECTION, OWN_WORD_MARK
from tieline.loaders.own_word.add import read, reader
from tieline.loaders.own_word.author import TITLES, Author, Known, author, known
from tieline.loaders.own_word.rows import (
    fields,
    heading,
    standing,
    stands,
    superseded,
    write,
)
from tieline.schema.records import OF, Row, dump

ELSEWHERE = {
    "consent": "tieline consent",
    "capacity": "tieline requests",
    "taking_requests": "tieline requests",
    "scheme": "a table of themes",
    "code": "a table of themes",
    "latitude": "a table of places",
    "longitude": "a table of places",
    "network": "a table of organisations",
}
BACK = "taken_back"  # a field of a row that was said and taken back
OWN = ("name", "also_known_as", "pronouns", "bio", "last_confirmed")  # a person's, of themselves


@dataclass(frozen=True, slots=True)
class Word:
    """A value that was said; `back`: and taken back; `order`: (day, its number of that day)."""

    row: Row
    said: dict[str, Any]
    stands: bool
    back: bool
    order: tuple[str, int]

    @property
    def day(self) -> str:
        return self.order[0]


def correct(
    steps: Steps,
    who: str | None,
    thing: str,
    name: str,
    value: Any,
    day: date,
    entered_by: str | None = None,
) -> bool:
    """`who` (uid; None: the stewards) says this of a field of a thing. Whether anything changed.

    Raises:
        WrongUse: no such field, or a value that cannot be read.
        NotFound: it is not there any more.
    """
    of, by = _both(steps, who, thing)
    right, today = _value(of.kind, name, value), day.isoformat()
    before = [word for word in _words(steps, by, of, name) if word.day == today]
    now = [word for word in before if word.stands]
    if any(word.said[name] == right for word in now):
        return False
    level = "consent" if of.kind in ("person", "organisation") else "audience"
    said = {name: right, OWN_WORD_MARK: CORRECTION, level: of.level, OF: of.best.of}
    said |= {"entered_by": entered_by} if entered_by else {}
    place = 1 + max((word.order[1] for word in before), default=0)
    uid = f"{heading(by.slug, 'correct', of.uid, name, today)}{place:03d}"
    record = by.record(uid, of, dump(said), today)
    adds = isinstance(right, list)  # another name: it takes no other one's place
    old = [] if adds else [superseded(word.row, today) for word in now]
    return write(steps, [*by.rows(), Row(record), *old])


def take_back(steps: Steps, who: str | None, thing: str, name: str, value: Any, day: date) -> bool:
    """`who` says so no more: what stood before stands again, and what was said is kept.

    Whether anything changed: what was taken back already is not taken back again.

    Raises:
        WrongUse: no such field, or a value that cannot be read.
        NotFound: it is not there any more, or they never said that of it.
    """
    of, by = _both(steps, who, thing)
    wrong = _value(of.kind, name, value)
    words = _words(steps, by, of, name)
    said = [word for word in words if word.said.get(name) == wrong]
    if not said:
        raise NotFound(_never(name, [word.said[name] for word in words if word.stands]))
    gone = [word for word in said if not word.back]
    rows = [superseded(word.row, day.isoformat(), {BACK: True}) for word in gone]
    days = {word.day for word in gone}
    left = [w for w in words if w.day in days and not w.back and w not in gone]
    last = {word.day: word for word in left}
    rows += [_again(by, of, word) for word in last.values() if not word.stands]
    return bool(rows) and write(steps, rows)


def _both(steps: Steps, who: str | None, thing: str) -> tuple[Known, Author]:
    of = known(steps, [thing])[0]
    return of, author(steps, known(steps, [who])[0] if who else None)


def _words(steps: Steps, by: Author, of: Known, name: str) -> list[Word]:
    """All that these have said of this field, whatever the thing was called then, in order."""
    handles = sorted({of.uid, *(each.of for each in of.all)})
    under = [heading(slug, "correct", each, name) for slug in by.all for each in handles]
    return sorted(map(_word, standing(steps, under)), key=lambda word: word.order)


def _word(row: Row) -> Word:
    held = fields(row)
    *_, day, place = row.record.uid.split("/")
    return Word(row, held.get("said", held), stands(row), BACK in held, (day, int(place)))


def _again(by: Author, of: Known, word: Word) -> Row:
    """The same row, saying again what it said of the record that it was said of."""
    held = next((each for each in of.all if each.of == word.said.get(OF)), None)
    told = by.record(word.row.record.uid, of, dump(word.said), word.day, held)
    return Row(replace(told, source=word.row.record.source))


def _never(name: str, standing: Sequence[Any]) -> str:
    words = name.replace("_", " ")
    said = [", ".join(value) if isinstance(value, list) else str(value) for value in standing]
    if not said:
        return f"You have put nothing right of its {words}: there is nothing to take back."
    return f"You have not said that of its {words}. What you said, and stands: {'; '.join(said)}."


def _value(kind: str, name: str, value: Any) -> Any:
    if name in ELSEWHERE:
        raise WrongUse(f"{name} is not corrected here: use {ELSEWHERE[name]}.")
    title = TITLES.get(kind, "name")
    if name == title:
        return read(name, value, values.name)
    if name in ("also_known_as", "alt_labels") and kind != "project":
        return [read(name, value, values.name)]
    return read(name, value, reader(kind, name))
