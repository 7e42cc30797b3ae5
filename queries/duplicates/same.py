"""Is someone here twice? By identifiers: shared ones, and the same digits under two schemes.

Three things are shown, what needs a person first:
- two things, same digits under two registers and the same name (a charity and its company number):
  likely one, never joined by itself;
- two things whose records share an identifier but contradict each other, and so were left apart;
- one thing that several sources name, joined by a shared identifier: what was joined, and why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tieline.queries.pathways.tell import listed
from tieline.queries.search.rank import fold
from tieline.schema.identifiers import SCHEMES, scheme

DIGITS, SHARED, JOINED = 0.8, 0.5, 1.0  # how much speaks for it: for ordering, no probability
REGISTERS = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH")
UNKNOWN = "Left apart: something else on record speaks against it."
LEGAL = {"the", "ltd", "limited", "cic", "cio", "scio", "plc", "llp"}


@dataclass(frozen=True)
class Carried:
    """An identifier on a record."""

    record: str
    source: str
    identifier: str
    branch: bool


@dataclass(frozen=True)
class Thing:
    """A person, organisation or project with the identifiers of its records."""

    uid: str
    kind: str
    name: str
    others: tuple[str, ...]
    carried: tuple[Carried, ...]

    def records(self, identifiers: Iterable[str]) -> list[str]:
        wanted = set(identifiers)
        return sorted({c.record for c in self.carried if c.identifier in wanted})

    def values(self) -> dict[str, set[str]]:
        """Its identifiers, by scheme."""
        found = defaultdict(set)
        for each in self.carried:
            found[scheme(each.identifier)].add(each.identifier)
        return found


def things(pages: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> list[Thing]:
    """The things that duplicates/identified speaks of, with all they carry, by uid."""
    carried: dict[str, list[Carried]] = defaultdict(list)
    about: dict[str, Sequence[Any]] = {}
    for identifier, held in pages:
        for record, source, branch, uid, *said in held:
            if uid is not None:  # else it is of nothing that the viewer may see
                about[uid] = said
                carried[uid].append(Carried(record, source, identifier, branch))
    return [
        Thing(uid, kind, name or "", tuple(others), tuple(carried[uid]))
        for uid, (kind, name, others) in sorted(about.items())
    ]


def plain(name: str) -> str:
    """A name without case, accents, punctuation and legal form."""
    return " ".join(word for word in fold(name).split() if word not in LEGAL)


def pairs(things: Sequence[Thing]) -> list[dict[str, Any]]:
    """Rows of `duplicates`, likely ones first, then left apart, then joined; `status` not yet."""
    found = [*_digits(things), *_shared(things), *_joined(things)]
    found.sort(key=lambda row: (row["left_uid"] == row["right_uid"], -row["weight"], _uids(row)))
    once = {_uids(row): row for row in reversed(found)}
    return [row for row in found if once[_uids(row)] is row]


def _uids(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["left_uid"], row["right_uid"]


def _digits(things: Sequence[Thing]) -> Iterator[dict[str, Any]]:
    """Same digits in two registers: the digits without leading zeros and letters."""
    held: dict[tuple[str, str], set[tuple[str, Thing]]] = defaultdict(set)
    for thing in things:
        for identifier in {c.identifier for c in thing.carried}:
            if scheme(identifier) in REGISTERS:
                value = identifier.removeprefix(scheme(identifier))
                if digits := re.sub(r"\D", "", value).lstrip("0"):
                    held[thing.kind, digits].add((identifier, thing))
    for both in held.values():
        ordered = sorted(both, key=lambda pair: (pair[1].uid, pair[0]))
        for (left_id, left), (right_id, right) in combinations(ordered, 2):
            names = _names(left) & _names(right)
            if left.uid != right.uid and names and scheme(left_id) != scheme(right_id):
                text = f"Same digits in two registers: {left_id} and {right_id}."
                named = f"Both are called {_called(left, right)}."
                reasons = [{"text": text, "weight": 0.5}, {"text": named, "weight": 0.3}]
                yield _row(left, right, [left_id, right_id], DIGITS, reasons)


def _names(thing: Thing) -> set[str]:
    return {plain(name) for name in (thing.name, *thing.others)} - {""}


def _called(left: Thing, right: Thing) -> str:
    return left.name if left.name == right.name else f"{left.name} or {right.name}"


def _shared(things: Sequence[Thing]) -> Iterator[dict[str, Any]]:
    """Two things of one kind that share an identifier: something keeps them apart."""
    held: dict[tuple[str, str], dict[str, Thing]] = defaultdict(dict)
    for thing in things:
        for each in thing.carried:
            held[thing.kind, each.identifier][thing.uid] = thing
    both: dict[tuple[str, str], list[str]] = defaultdict(list)
    known = {thing.uid: thing for thing in things}
    for (_, identifier), holders in sorted(held.items()):
        for pair in combinations(sorted(holders), 2):
            both[pair].append(identifier)
    for (one, other), identifiers in sorted(both.items()):
        left, right = known[one], known[other]
        reasons: list[dict[str, Any]]
        reasons = [{"text": f"Both carry {listed(identifiers)}.", "weight": SHARED}]
        told = against(left, right) or [UNKNOWN]
        reasons += [{"text": text, "weight": None} for text in told]
        yield _row(left, right, identifiers, SHARED, reasons)


def against(left: Thing, right: Thing) -> list[str]:
    """What their numbers say against two things being one, as far as the viewer may see."""
    mine, theirs, told = left.values(), right.values(), []
    for name in sorted(mine.keys() & theirs.keys()):
        rule = SCHEMES.get(name)
        if rule and rule.exclusive and not mine[name] & theirs[name]:
            one, other = listed(sorted(mine[name])), listed(sorted(theirs[name]))
            told.append(
                f"Left apart: a thing has one {rule.what}, and these are {one} and {other}."
            )
    if any(c.branch for c in left.carried) != any(c.branch for c in right.carried):
        told.append("Left apart: one of the two is a branch.")
    return told


def _joined(things: Sequence[Thing]) -> Iterator[dict[str, Any]]:
    """Things that records of several sources describe, joined by what those records share."""
    for thing in things:
        sources: dict[str, set[str]] = defaultdict(set)
        for each in thing.carried:
            sources[each.identifier].add(each.source)
        shared = sorted(name for name, slugs in sources.items() if len(slugs) > 1)
        if shared:
            slugs = sorted(set().union(*(sources[name] for name in shared)))
            text = f"Joined: {listed(slugs)} all name it by {listed(shared)}."
            if len(slugs) == 2:
                text = f"Joined: {listed(slugs)} both name it by {listed(shared)}."
            yield _row(thing, thing, shared, JOINED, [{"text": text, "weight": JOINED}])


def _row(
    left: Thing, right: Thing, identifiers: list[str], weight: float, reasons: list[dict[str, Any]]
) -> dict[str, Any]:
    records = sorted({*left.records(identifiers), *right.records(identifiers)})
    return {
        "left_uid": left.uid,
        "right_uid": right.uid,
        "record_uids": records,
        "kind": "same_record",
        "weight": weight,
        "reasons": reasons,
    }
