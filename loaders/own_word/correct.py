"""A field of a thing put right: said beside what partners say, dated, and first while newest."""

from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import WrongUse
from tieline.loaders import values
from tieline.loaders.compose import CORRECTION, OWN_WORD_MARK
from tieline.loaders.own_word.add import read, reader
from tieline.loaders.own_word.author import TITLES, author, known
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
OWN = ("name", "also_known_as", "pronouns", "bio", "last_confirmed")  # a person's, of themselves


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
    of = known(steps, [thing])[0]
    by = author(steps, known(steps, [who])[0] if who else None)
    said = {name: _value(of.kind, name, value)}
    mine = heading(by.slug, "correct", of.uid, name, day.isoformat())
    handles = sorted({of.uid, *(each.of for each in of.all)})
    others = [
        heading(slug, "correct", known_as, name, day.isoformat())
        for slug in by.all
        for known_as in handles
    ]
    before = standing(steps, [mine, *others])
    now = [row for row in before if stands(row)]
    if any(fields(row).get(name) == said[name] for row in now):
        return False
    level = "consent" if of.kind in ("person", "organisation") else "audience"
    more = {OWN_WORD_MARK: CORRECTION, level: of.level, OF: of.best.of}
    more |= {"entered_by": entered_by} if entered_by else {}
    uid = number([row for row in before if row.record.uid.startswith(mine)], mine)
    record = by.record(uid, of, dump(said | more), day.isoformat())
    adds = isinstance(said[name], list)  # another name: it takes no other one's place
    old = [] if adds else [superseded(row, day.isoformat()) for row in now]
    return write(steps, [*by.rows(), Row(record), *old])


def _value(kind: str, name: str, value: Any) -> Any:
    if name in ELSEWHERE:
        raise WrongUse(f"{name} is not corrected here: use {ELSEWHERE[name]}.")
    title = TITLES.get(kind, "name")
    if name == title:
        return read(name, value, values.name)
    if name in ("also_known_as", "alt_labels") and kind != "project":
        return [read(name, value, values.name)]
    return read(name, value, reader(kind, name))
