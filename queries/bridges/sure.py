"""The cuts of a field with how sure each is, kept for as long as the graph stays what it is.

    found = await sure(reader, await read(reader, scope))

Drawing takes seconds on a large field (draws.py), so what came of it is kept by the graph's
version, the viewer's level and the scope, the shares on disk too: never across levels. It is worked
out in a thread, so other viewers are answered meanwhile, and stops where nobody waits any longer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept
from tieline.queries.answers.shelf import Form, shelved
from tieline.queries.answers.work import aside, step
from tieline.queries.bridges.cut import Cut, Cuts, cuts_of
from tieline.queries.bridges.draws import DRAWS, Floats, confidences
from tieline.queries.bridges.field import Field
from tieline.queries.bridges.part import Part

BUDGET = 4_000_000  # ties drawn at most: of a field of 20,000 ties all draws, of a million few
LEAST = 20  # draws
KEPT = 16  # answers


@dataclass(frozen=True)
class Sure:
    """`shares`: of each of the ranked cuts, the share of `draws` in which it was one."""

    cuts: Cuts
    shares: Floats
    draws: int

    @cached_property
    def number(self) -> Mapping[str, int]:
        return {uid: number for number, uid in enumerate(self.cuts.uids)}

    def together(self, cut: Cut, uid: str, cut_off: set[str]) -> bool:
        """Whether an actor stands on the larger side of a cut."""
        if uid not in self.number or uid in cut_off or uid in cut.actors:
            return False
        here, there = self.number[uid], self.number[cut.actors[0]]
        return self.cuts.part(here) == self.cuts.part(there)


_kept: Kept[Sure] = Kept(KEPT)
_SHARES: Form[Floats] = Form(lambda shares: {"shares": shares}, lambda arrays: arrays["shares"])


async def sure(reader: Reader, part: Part) -> Sure:
    """The cuts of this part of the field."""
    key = part.key.to("cuts")

    async def make() -> Sure:
        cuts = await aside(_cuts, part.field)

        async def shares() -> Floats:
            return await aside(_shares, part.field, cuts)

        return Sure(cuts, await shelved(reader, key, shares, _SHARES), _draws(part.field))

    return await _kept.get(key, make)


def drawn(field: Field) -> Sure:
    """The cuts of a field, and how sure they are."""
    cuts = cuts_of(field)
    return Sure(cuts, _shares(field, cuts), _draws(field))


def _cuts(field: Field) -> Cuts:
    step("looking where the field comes apart", 0.0)
    return cuts_of(field)


def _draws(field: Field) -> int:
    return max(LEAST, min(DRAWS, BUDGET // max(1, len(field.ends))))


def _shares(field: Field, cuts: Cuts) -> Floats:
    if not len(cuts):
        return np.zeros(0)
    return confidences(len(field.uids), field.ends, field.likely, cuts.ends, _draws(field))
