"""Who stands between others in a part of the field: everything that is worked out of it, once.

Kept by the graph's version, the viewer's level and the scope: never across levels. How many routes
lead through somebody is a number, so it is worked out for those alone who read numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside, step
from tieline.queries.bridges.between import Between, between
from tieline.queries.bridges.measures import Measures, measures
from tieline.queries.bridges.mixing import Mixing, mixing
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
        if actor >= self.tied:
            return BANDS[3]
        ties, effective = int(self.measures.ties[actor]), self.effective(actor) or 0.0
        for name, (least, share) in zip(BANDS, (MANY, SOME), strict=False):
            if effective >= least and effective >= share * ties:
                return name
        return BANDS[2]

    def effective(self, actor: int) -> float | None:
        return round(float(self.measures.effective[actor]), PLACES) if actor < self.tied else None

    def constraint(self, actor: int) -> float | None:
        return round(float(self.measures.constraint[actor]), PLACES) if actor < self.tied else None


_everybody: Kept[dict[str, Someone]] = Kept(LEVELS)
_kept: Kept[Standing] = Kept(KEPT)


async def everybody(reader: Reader) -> dict[str, Someone]:
    """By uid, everybody whom the viewer may see."""

    async def make() -> dict[str, Someone]:
        step("reading who is there", 0.0)
        return await aside(_read, await reader.pages("bridges/about"))

    return await _everybody.get(await Key.of(reader, "everybody"), make)


def _read(page: Sequence[Any]) -> dict[str, Someone]:
    return {uid: Someone(name, *map(frozenset, groups)) for uid, name, *groups in page}


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

    def place(at: int) -> tuple[int, float, str, str]:
        constraint = (found.constraint(at) or 0.0) if numbers else 0.0
        name = "" if numbers else found.known[at].name.casefold()
        return BANDS.index(found.band(at)), constraint, name, found.uids[at]

    there = (at for at, someone in enumerate(found.known) if someone is not NOBODY)
    return sorted(there, key=place)
