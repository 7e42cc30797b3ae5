"""Somebody or something added through Tieline: a person, an organisation, a project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import WrongUse
from tieline.loaders import values
from tieline.loaders.compose import ADDED, OWN_WORD_MARK
from tieline.loaders.formats.table.things import FIELDS, REFERS
from tieline.loaders.own_word.author import TITLES, Author, Known, author, known
from tieline.loaders.own_word.rows import standing, write
from tieline.loaders.refusal import Unreadable
from tieline.schema.identifiers import by_local, checked
from tieline.schema.records import Edge, Record, Row, digest, dump

KINDS = ("person", "organisation", "project")


@dataclass(frozen=True, slots=True)
class New:
    """What is to be added. `refers`: field (as in a mapping: place, lead ...) -> uids."""

    kind: str
    name: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    ids: Sequence[str] = ()
    refers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    role: str | None = None
    basis: str | None = None


def add(
    steps: Steps,
    who: str | None,
    new: New,
    day: date,
    entered_by: str | None = None,
) -> tuple[str, bool]:
    """Add it in the words of `who` (uid; None: the stewards'). (its uid, whether it was added now).

    It joins what carries its number and they may see; from what they may not it is kept apart until
    a steward judges the two, or the answer would tell that the number is known (`unseen.py`).

    Raises:
        WrongUse: what cannot be read, a person without a basis, somebody who was erased, or another
            thing of this author under the same name and ids.
        NotFound: what it refers to is not there any more.
    """
    fields, ids = _fields(new), _ids(new)
    by = author(steps, known(steps, [who])[0] if who else None)
    local = digest(new.name.casefold(), ids)
    uid = f"{by.slug}:added/{new.kind}/{local}"
    fields |= {OWN_WORD_MARK: ADDED} | ({"entered_by": entered_by} if entered_by else {})
    ids = sorted({*ids, by_local(by.slug, new.kind, local)})
    row = Row(Record(uid, new.kind, by.slug, dump(fields), day.isoformat(), tuple(ids)))
    _refer(steps, by, row, new)
    if before := [each for each in standing(steps, [uid]) if each.record.uid == uid]:
        _same(before[0], row)
        return _uid(steps, uid), False
    write(steps, [*by.rows(), row])
    return _uid(steps, uid), True


def _uid(steps: Steps, record: str) -> str:
    found = steps.run("load/described_by", uid=record)
    if not found:  # whoever was erased is not written
        raise WrongUse("This cannot be added: somebody has asked not to be on the map.")
    return str(found[0]["uid"])


def _same(before: Row, now: Row) -> None:
    mentioned = {role: m.uid for role, m in before.mentions.items()}
    if before.record.fields != now.record.fields or mentioned != {
        role: m.uid for role, m in now.mentions.items()
    }:
        raise WrongUse(
            "You have added this already, and said something else of it. Correct what is wrong: "
            "tieline correct."
        )


def _fields(new: New) -> dict[str, Any]:
    """Cleaned as a partner's are."""
    if new.kind not in KINDS:
        raise WrongUse(f"Add one of {', '.join(KINDS)}; {new.kind!r} is none.")
    if new.kind == "person" and not (new.basis or "").strip():
        raise WrongUse(
            "Say on what basis this person may be named: --basis 'they asked me to', for one."
        )
    said = {"basis": values.prose(new.basis)} if new.basis else {}
    said[TITLES.get(new.kind, "name")] = read("name", new.name, values.name)
    for name, value in new.fields.items():
        if value is not None and value != "":
            said[name] = read(name, value, reader(new.kind, name))
    if said.get("starts") and said.get("ends") and said["ends"] < said["starts"]:
        raise WrongUse("It ends before it starts: correct one of the two days.")
    return said


def reader(kind: str, name: str) -> values.Reader:
    """How a field of such a thing is read.

    Raises:
        WrongUse: there is no such field.
    """
    known_fields = FIELDS[kind]
    if name not in known_fields:
        raise WrongUse(f"{name} is no field of a {kind}: {', '.join(known_fields)}.")
    return known_fields[name]


def read(name: str, value: Any, how: values.Reader) -> Any:
    """A value, cleaned.

    Raises:
        WrongUse: it cannot be read; says how to write it.
    """
    if values.blank(value):
        raise WrongUse(f"{name} is blank: say what it is, or leave it away.")
    try:
        return how(value)
    except Unreadable as error:
        raise WrongUse(f"{name} {str(value)[:60]!r}: {error.reason}. {error.mend}") from None


def _ids(new: New) -> list[str]:
    found = []
    for text in new.ids:
        sound, warning = checked(text)
        if sound is None:
            what = (warning or "An id is blank").partition(":")[0]
            raise WrongUse(f"{what}: write it as GB-CHC-1090095, or leave it away.")
        if sound.startswith(("local-", "name-", "theme-", "rule-", "360G-")):
            raise WrongUse(f"{sound} is no registered id: write one such as GB-CHC-1090095.")
        found.append(sound)
    return found


def _refer(steps: Steps, by: Author, row: Row, new: New) -> None:
    """Mention what it refers to, and say what they are to each other."""
    for name, uids in new.refers.items():
        verb, kind, first = REFERS[new.kind][name]
        for number, other in enumerate(known(steps, list(uids)), 1):
            _fits(name, other, verb, kind)
            said = other.echo(by.slug, row.record.date)
            row.mentions[name if number == 1 else f"{name} {number}"] = said
            ends = (said.uid, row.record.uid) if first else (row.record.uid, said.uid)
            props = {"role": new.role} if name == "organisation" and new.role else {}
            row.edges.append(Edge(verb, *ends, row.record.uid, tuple(props.items())))


def _fits(name: str, other: Known, verb: str, kind: str) -> None:
    allowed = ("person", kind) if verb in ("LEADS", "PARTNERS_ON", "FUNDS") else (kind,)
    if other.kind not in allowed:
        raise WrongUse(f"{other.name} is a {other.kind}: for {name} name a {' or '.join(allowed)}.")
