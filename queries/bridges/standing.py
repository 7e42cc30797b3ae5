"""Who stands between others in a part of the field: everything that is worked out of it, once.

Kept by the graph's version, the viewer's level and the scope: never across levels. How many routes
lead through somebody is a number, so it is worked out for those alone who read numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside, step
from tieline.queries.bridges.between import Between, between
from tieline.queries.bridges.field import Ints
from tieline.queries.bridges.measures import Measures, measures
from tieline.queries.bridges.mixing import Mixing, mixing
from tieline.queries.bridges.paged import paged
from tieline.queries.bridges.part import Part
from tieline.queries.bridges.tree import Tree, tree

KEPT, LEVELS = 16, 4
GROUPS = ("place", "theme", "sector")
BANDS = ("joins_many", "joins_some", "within_one", "not_tied")
MANY, SOME = (5.0, 0.7), (2.0, 0.5)  # effective size, and its share of all ties: at least
PLACES = 9  # decimals: what differs after these is the order of adding


@dataclass(frozen=True)
class Someone:
    """An actor as the viewer may know them: uids of places and themes, kinds of organisation."""

    name: str
    place: frozenset[str]
    theme: frozenset[str]
    sector: frozenset[str]


NOWHERE = Tree({}, {})
NOBODY = Someone("", frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Standing:
    """Of the actors 0 ... n - 1 of a part, the tied first, in the order of their uids.

    `between`: None where the viewer reads no numbers; `order`: as they are told.
    """

    uids: Sequence[str]
    known: Sequence[Someone]
    tied: int
    measures: Measures
    mixing: Mapping[str, Mixing]
    between: Between | None
    order: Sequence[int]

    def band(self, actor: int) -> str:
        """How much they stand between others, in a word of BANDS."""
        return BANDS[int(self.bands[actor])] if actor < self.tied else BANDS[-1]

    @cached_property
    def bands(self) -> Ints:
        """Of those who are tied, by their place in BANDS."""
        ties, effective = self.measures.ties, np.round(self.measures.effective, PLACES)
        return np.select(
            [(effective >= least) & (effective >= share * ties) for least, share in (MANY, SOME)],
            [0, 1],
            2,
        )

    def effective(self, actor: int) -> float | None:
        return round(float(self.measures.effective[actor]), PLACES) if actor < self.tied else None

    def constraint(self, actor: int) -> float | None:
        return round(float(self.measures.constraint[actor]), PLACES) if actor < self.tied else None


_everybody: Kept[dict[str, Someone]] = Kept(LEVELS)
_kept: Kept[Standing] = Kept(KEPT)


async def everybody(reader: Reader) -> dict[str, Someone]:
    """By uid, everybody whom the viewer may see."""

    async def make() -> dict[str, Someone]:
        pages = paged(reader, "bridges/about", "reading who is there")
        return await aside(_read, [row["page"] async for row in pages])

    return await _everybody.get(await Key.of(reader, "everybody"), make)


def _read(pages: Sequence[Sequence[Any]]) -> dict[str, Someone]:
    rows = (row for page in pages for row in page)
    return {uid: Someone(name, *map(frozenset, groups)) for uid, name, *groups in rows}


async def standing(reader: Reader, part: Part, kind: str | None = None) -> Standing:
    """How everybody stands in this part of the field; by places of one kind, if one is given.

    Raises:
        WrongUse: there is no place of that kind.
    """
    people, numbers, places = await everybody(reader), reader.viewer.numbers, await tree(reader)
    kind = kind.lower() if kind else None
    if kind and kind not in places.kinds:
        known = ", ".join(places.kinds) or "none has a kind"
        raise WrongUse(f"There is no place of the kind {kind!r} here: {known}.")

    async def make() -> Standing:
        return await aside(worked_out, part, people, numbers, places, kind)

    return await _kept.get(part.key.to("standing", kind=kind), make)


def worked_out(
    part: Part,
    people: Mapping[str, Someone],
    numbers: bool,
    places: Tree = NOWHERE,
    kind: str | None = None,
) -> Standing:
    """Those without a tie in it are told too; who is gone since the ties were read is nobody."""
    field = part.field
    inside = people.keys() if part.inside is None else part.inside & people.keys()
    uids = [*field.uids, *sorted(inside - set(field.uids))]
    known, tied = [people.get(uid, NOBODY) for uid in uids], len(field.uids)
    groups = {each: [getattr(someone, each) for someone in known] for each in GROUPS}
    if kind:
        groups["place"] = [places.as_(kind, each) for each in groups["place"]]
    wider = {"place": {} if kind else places.wider}
    found = Standing(
        uids,
        known,
        tied,
        measures(tied, field.ends),
        {each: mixing(groups[each][:tied], field.ends, wider.get(each)) for each in GROUPS},
        between(tied, field.ends) if numbers and tied else None,
        (),
    )
    return replace(found, order=_ordered(found, numbers))


def _ordered(found: Standing, numbers: bool) -> list[int]:
    """By band; then, for those who read numbers, the least constrained first; for others by name:
    nobody is ranked before everybody's eyes."""
    step("putting everybody in order", 0.0)
    many = len(found.uids)
    bands = np.full(many, len(BANDS) - 1)
    bands[: found.tied] = found.bands
    constraint = np.zeros(many)
    if numbers:
        constraint[: found.tied] = np.round(found.measures.constraint, PLACES)
    names = [""] * many if numbers else [each.name.casefold() for each in found.known]
    keys = list(zip(bands.tolist(), constraint.tolist(), names, found.uids, strict=True))
    step("putting everybody in order", 0.5)
    there = [at for at, someone in enumerate(found.known) if someone is not NOBODY]
    return sorted(there, key=keys.__getitem__)
